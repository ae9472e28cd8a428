import type { IncomingHttpHeaders } from "node:http";
import { decodePercent } from "@/lib/server/http/request-path";
import { isRouterState } from "./router-state";

/** Headers that the framework (16.4.5) reads as its own, or may read in its next version. */
const internalHeader =
  /^(?:rsc|purpose|x-purpose|x-moz|(?:x-)?(?:next|middleware|matched|invoke|invocation|now|vercel|prerender|revalidate|rewrite|edge|action|resume|deployment)(?:js)?(?:-.*)?)$/;
/** Forwarding headers, which only a proxy should set. */
const forwarding = /^(?:x-forwarded-.*|forwarded|x-original-.*|x-rewrite-.*|x-real-ip|x-host|x-http-host-override)$/;
/** The forwarding headers that are accepted from a trusted proxy. */
const fromProxy = new Set(["x-forwarded-for", "x-forwarded-proto"]);
/** Query parameters by which the framework overrides parts of a path. */
const internalParameter = /^(?:nxtP|nxtI|__next)/;

/** What our own pages send with navigations and prefetches, with the shape of each. */
const sentByPages: Readonly<Record<string, (value: string) => boolean>> = {
  rsc: (value) => value === "1",
  "next-router-prefetch": (value) => /^[123]$/.test(value),
  "next-router-segment-prefetch": (value) => /^\/[\w$@()./!%-]{0,500}$/.test(value),
  "next-router-state-tree": isRouterState,
  "next-url": isPath,
  "x-deployment-id": (value) => /^[\w-]{1,64}$/.test(value),
};
/** What pages of the development server send in addition. */
const sentInDevelopment: typeof sentByPages = {
  "next-hmr-refresh": (value) => value === "1",
  "x-nextjs-request-id": (value) => /^[\w-]{1,64}$/.test(value),
  "x-nextjs-html-request-id": (value) => /^[\w-]{1,64}$/.test(value),
};
/** If one of these is malformed, all of them are dropped, and the request becomes one for a whole page. */
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
  /** Whether the request is for a page. Our pages send these headers to no other address. */
  readonly isPage: boolean;
  /** Whether this is the development server. */
  readonly dev: boolean;
  /** How many proxies are trusted. 0: forwarding headers of clients are dropped. */
  readonly trustedProxies: number;
}

/**
 * Drops the framework's own headers, except those of our own pages in their expected shape. A navigation
 * with anything else becomes a request for the whole page.
 */
export function dropInternalHeaders(headers: IncomingHttpHeaders, { isPage, dev, trustedProxies }: HeaderRules): void {
  const allowed = { ...(isPage ? sentByPages : {}), ...(isPage && dev ? sentInDevelopment : {}) };
  let isNavigation = true;
  for (const name of Object.keys(headers)) {
    if (forwarding.test(name)) {
      if (trustedProxies === 0 || !fromProxy.has(name)) Reflect.deleteProperty(headers, name);
    } else if (internalHeader.test(name)) {
      const value = headers[name];
      const fits = Object.hasOwn(allowed, name) && typeof value === "string" && allowed[name]?.(value) === true;
      if (fits) continue;
      Reflect.deleteProperty(headers, name);
      if (navigation.includes(name)) isNavigation = false;
    }
  }
  // A prefetch is a kind of navigation, and a prefetch of one segment is a kind of prefetch.
  if (headers.rsc === undefined) isNavigation = false;
  if (headers["next-router-segment-prefetch"] !== undefined && headers["next-router-prefetch"] === undefined) {
    isNavigation = false;
  }
  if (!isNavigation) for (const name of navigation) Reflect.deleteProperty(headers, name);
}

/** Whether a query has parameters of the framework. @param address path and query */
export function hasInternalQuery(address: string): boolean {
  return withoutInternalQuery(address) !== address;
}

/** The address of a page without the framework's own parameters. @param address path and query */
export function withoutInternalQuery(address: string): string {
  const at = address.indexOf("?");
  if (at < 0) return address;
  const parameters = address.slice(at + 1).split("&");
  const kept = parameters.filter((one) => !internalParameter.test(decodePercent(one.split("=", 1)[0] ?? "")));
  if (kept.length === parameters.length) return address;
  return kept.length === 0 ? address.slice(0, at) : `${address.slice(0, at)}?${kept.join("&")}`;
}
