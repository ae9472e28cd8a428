import { env } from "@/lib/server/env";
import { AppError } from "@/lib/server/errors";
import { requestHost } from "./origin";
import { forwardedProtocol } from "./request-scheme";
import type { ApiRequest } from "./api-request";

/**
 * Where a request comes from, as far as its headers tell. `own`: one of our pages, or an address that a person typed.
 * `foreign`: a page of another origin. `unstated`: a program, or a browser that does not say.
 */
export type RequestSite = "own" | "foreign" | "unstated";

/** Whether an address belongs to the origin under which the browser reached us. */
function isOwnOrigin(address: string, request: ApiRequest): boolean {
  if (!URL.canParse(address)) return false;
  const page = new URL(address);
  const { PUBLIC_URL } = env();
  const known = PUBLIC_URL === undefined ? null : new URL(PUBLIC_URL);
  if (page.origin === known?.origin) return true;
  const here = `${page.protocol}//${requestHost(request)}`;
  // The scheme's default port is omitted from an Origin, but not always from a Host.
  if (!/^https?:$/.test(page.protocol) || !URL.canParse(here) || new URL(here).host !== page.host) return false;
  // A proxy that terminates TLS need not report it. When it does, a page loaded over plain http is another origin.
  const protocol = page.host === known?.host ? known.protocol : forwardedProtocol(request.headers);
  return protocol === null || protocol === page.protocol;
}

/**
 * Determines where a request comes from. A page of another origin cannot set or remove `Sec-Fetch-Site` and `Origin`.
 * Over plain http to a name other than localhost browsers omit the first, and the second on a GET, so `Referer` is
 * checked last.
 */
export function requestSite(request: ApiRequest): RequestSite {
  const { headers } = request;
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin" || site === "none" ? "own" : "foreign";
  const address = headers.get("origin") ?? headers.get("referer");
  if (address === null) return "unstated";
  return isOwnOrigin(address, request) ? "own" : "foreign";
}

/** The error for a change that a page of another origin made a browser send. */
export function crossSiteRequest(): AppError {
  const remedy = "Use this site's own pages, or a program, which sends neither Origin nor Sec-Fetch-Site.";
  return new AppError(
    "cross_site_request",
    `The request came from a page of another site, so nothing was changed. ${remedy}`,
  );
}
