import type { IncomingHttpHeaders } from "node:http";
import { env } from "@/lib/server/env";
import type { RequestHeaders } from "./api-request";

/** The scheme, with its colon, that a trusted proxy reports; null when none does. */
export function forwardedProtocol(headers: RequestHeaders): "http:" | "https:" | null {
  const { TRUST_PROXY } = env();
  const forwarded = headers.get("x-forwarded-proto");
  if (TRUST_PROXY === 0 || forwarded === null) return null;
  return isHttps({ "x-forwarded-proto": forwarded }, TRUST_PROXY) ? "https:" : "http:";
}

/** Whether the caller reached us over https, by PUBLIC_URL or as a trusted proxy reports. */
export function isSecure(headers: RequestHeaders): boolean {
  const { PUBLIC_URL } = env();
  return PUBLIC_URL === undefined ? forwardedProtocol(headers) === "https:" : PUBLIC_URL.startsWith("https:");
}

/**
 * Whether the browser's connection is https. Only a proxy can provide it, and its report counts only when it is
 * trusted.
 * @param trustedProxies as for `clientAddress`
 */
export function isHttps(headers: IncomingHttpHeaders, trustedProxies: number): boolean {
  const forwarded = headers["x-forwarded-proto"];
  if (trustedProxies === 0 || typeof forwarded !== "string") return false;
  const hops = forwarded.split(",").map((hop) => hop.trim().toLowerCase());
  return (hops.at(-trustedProxies) ?? hops[0]) === "https";
}
