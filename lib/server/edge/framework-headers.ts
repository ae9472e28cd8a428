import type { IncomingHttpHeaders } from "node:http";
import { isRouterState } from "./router-state";

/** What the framework (16.4.5) reads from a request to steer itself, or may read in its next version. */
const steering =
  /^(?:rsc|purpose|x-purpose|x-moz|(?:x-)?(?:next|middleware|matched|invoke|invocation|now|vercel|prerender|revalidate|rewrite|edge|action|resume|deployment)(?:js)?(?:-.*)?)$/;
/** Who asked whom, according to a proxy. */
const forwarding = /^(?:x-forwarded-.*|forwarded|x-original-.*|x-rewrite-.*|x-real-ip|x-host|x-http-host-override)$/;
/** Of those a trusted proxy is heard on. */
const fromProxy = new Set(["x-forwarded-for", "x-forwarded-proto"]);
/** Parameters of a query by which the framework overrides the parts of a path. */
const steeringParameter = /^(?:nxtP|nxtI|__next)/;

/** What our own pages send with their navigations and prefetches, each with the shape that it has. */
const sentByPages: Readonly<Record<string, (value: string) => boolean>> = {
  rsc: (value) => value === "1",
  "next-router-prefetch": (value) => /^[123]$/.test(value),
  "next-router-segment-prefetch": (value) => /^\/[\w$@()./!%-]{0,500}$/.test(value),
  "next-router-state-tree": isRouterState,
  "next-url": isPath,
  "x-deployment-id": (value) => /^[\w-]{1,64}$/.test(value),
};
/** What pages of the development server send besides. */
const sentInDevelopment: typeof sentByPages = {
  "next-hmr-refresh": (value) => value === "1",
  "x-nextjs-request-id": (value) => /^[\w-]{1,64}$/.test(value),
  "x-nextjs-html-request-id": (value) => /^[\w-]{1,64}$/.test(value),
};
/** Of which one that makes no sense takes the others with it: the request is then one for a whole page. */
const navigation = [
  "rsc",
  "next-router-prefetch",
  "next-router-segment-prefetch",
  "next-router-state-tree",
  "next-url",
];

function isPath(value: string): boolean {
  return value.length <= 8_192 && /^\/(?![/\\])[\x21-\x7e]*$/.test(value);
}

export interface HeaderRules {
  /** Whether the request is for a page; elsewhere nobody of ours sends any of these headers. */
  readonly isPage: boolean;
  /** Whether the development server stands behind. */
  readonly dev: boolean;
  /** How many proxies are trusted; 0: what a client says of them is dropped. */
  readonly trustedProxies: number;
}

/**
 * Drops what a client may not tell the framework: every header that steers it, but for those of our own pages in the
 * shape that these have. A navigation with anything else in it becomes a request for the whole page.
 */
export function dropSteeringHeaders(headers: IncomingHttpHeaders, { isPage, dev, trustedProxies }: HeaderRules): void {
  const allowed = { ...(isPage ? sentByPages : {}), ...(isPage && dev ? sentInDevelopment : {}) };
  let isNavigation = true;
  for (const name of Object.keys(headers)) {
    if (forwarding.test(name)) {
      if (trustedProxies === 0 || !fromProxy.has(name)) Reflect.deleteProperty(headers, name);
    } else if (steering.test(name)) {
      const value = headers[name];
      const fits = Object.hasOwn(allowed, name) && typeof value === "string" && allowed[name]?.(value) === true;
      if (fits) continue;
      Reflect.deleteProperty(headers, name);
      if (navigation.includes(name)) isNavigation = false;
    }
  }
  // Prefetches are of a navigation, and a prefetch of one segment is a prefetch.
  if (headers.rsc === undefined) isNavigation = false;
  if (headers["next-router-segment-prefetch"] !== undefined && headers["next-router-prefetch"] === undefined) {
    isNavigation = false;
  }
  if (!isNavigation) for (const name of navigation) Reflect.deleteProperty(headers, name);
}

/** Whether a query has parameters that steer the framework. @param address path and query */
export function hasSteeringQuery(address: string): boolean {
  return withoutSteeringQuery(address) !== address;
}

/** The address of a page without the parameters that would steer the framework. @param address path and query */
export function withoutSteeringQuery(address: string): string {
  const at = address.indexOf("?");
  if (at < 0) return address;
  const parameters = address.slice(at + 1).split("&");
  const kept = parameters.filter((one) => !steeringParameter.test(decoded(one.split("=", 1)[0] ?? "")));
  if (kept.length === parameters.length) return address;
  return kept.length === 0 ? address.slice(0, at) : `${address.slice(0, at)}?${kept.join("&")}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
