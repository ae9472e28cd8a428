import { randomBytes } from "node:crypto";

/** What the policy of a page depends on. */
export interface PageRules {
  /** On every script and style of the page; a new one for each request. */
  readonly nonce: string;
  /** Whether the browser used https, as reported by a trusted proxy. */
  readonly https: boolean;
  /** The development server, whose pages evaluate code and write inline styles. */
  readonly dev: boolean;
}

const always = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "strict-origin-when-cross-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  // For browsers that do not know frame-ancestors.
  "x-frame-options": "DENY",
} as const;

/** A response that is not a page needs nothing and may do nothing, even when a browser displays it. */
export const dataPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";

/** 128 random bits. A nonce sent by a client is never used. */
export function newNonce(): string {
  return randomBytes(16).toString("base64");
}

/** Headers of every response, of any origin and status. @param policy `content-security-policy` */
export function responseHeaders(policy: string, https: boolean): Readonly<Record<string, string>> {
  return {
    ...always,
    "content-security-policy": policy,
    ...(https ? { "strict-transport-security": "max-age=31536000; includeSubDomains" } : {}),
  };
}

/**
 * What a page may load: only our own resources, scripts and style sheets by the nonce. `style` attributes are allowed,
 * because charts use them for positions. The framework reads the nonce from this policy in the request's headers.
 */
export function pagePolicy({ nonce, https, dev }: PageRules): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ""}`,
    dev ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(https ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}
