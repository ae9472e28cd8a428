import { randomBytes } from "node:crypto";

/** What the policy of a page depends on. */
export interface PageRules {
  /** Stands on every script and style of the page; made anew for each request. */
  readonly nonce: string;
  /** Whether the browser came by https, through a proxy that is trusted to say so. */
  readonly https: boolean;
  /** The development server, whose pages evaluate code and write styles of their own. */
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

/** What is no page needs nothing and may do nothing, even if a browser is made to show it. */
export const dataPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";

/** 128 random bits of ours: what a client sends under that name never becomes a nonce. */
export function newNonce(): string {
  return randomBytes(16).toString("base64");
}

/** Headers that stand on every answer, whoever makes it and whatever its status. @param policy `content-security-policy` */
export function responseHeaders(policy: string, https: boolean): Readonly<Record<string, string>> {
  return {
    ...always,
    "content-security-policy": policy,
    ...(https ? { "strict-transport-security": "max-age=31536000; includeSubDomains" } : {}),
  };
}

/**
 * What a page may load: only what is ours, scripts and style sheets by the nonce; `style` attributes, which the charts
 * position things by, are let through. The framework reads the nonce from this policy in the request's headers.
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
