import { env } from "@/lib/server/env";
import { requestOrigin } from "./origin";

const lifetimeSeconds = 30 * 86_400;

/** The headers of a request, whoever holds them. */
type Headers = Pick<globalThis.Headers, "get">;

/** Whether the caller reached us over https, by PUBLIC_URL or by what a trusted proxy says. */
export function isSecure(headers: Headers): boolean {
  const { PUBLIC_URL, TRUST_PROXY } = env();
  if (PUBLIC_URL !== undefined) return PUBLIC_URL.startsWith("https:");
  return TRUST_PROXY > 0 && headers.get("x-forwarded-proto")?.split(",").at(-1)?.trim() === "https";
}

/** Over https a name that browsers take from this host alone, and only so. */
function cookieName(headers: Headers): string {
  return isSecure(headers) ? "__Host-session" : "session";
}

/** The token that a browser sends; null without one. */
export function readSessionCookie(headers: Headers): string | null {
  const name = cookieName(headers);
  for (const part of (headers.get("cookie") ?? "").split(";")) {
    const [key, ...value] = part.trim().split("=");
    if (key === name && /^[A-Za-z0-9_-]{43}$/.test(value.join("="))) return value.join("=");
  }
  return null;
}

/** `Set-Cookie` of a token; null: the browser is to forget it. */
export function sessionCookie(request: Request, token: string | null): string {
  const secure = isSecure(request.headers) ? "; Secure" : "";
  const age = token === null ? 0 : lifetimeSeconds;
  return `${cookieName(request.headers)}=${token ?? ""}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Lax${secure}`;
}

/**
 * Whether a request comes from our own pages, or from no page at all: a browser says so, and a page elsewhere cannot
 * make it say so. Without either header it is taken for a foreign one.
 */
export function isSameOrigin(request: Request): boolean {
  const site = request.headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin" || site === "none";
  const origin = request.headers.get("origin");
  if (origin === null) return false;
  const own = new URL(requestOrigin(request));
  // A proxy that ends https need not have said so: the host tells apart who is who.
  return URL.canParse(origin) && new URL(origin).host === own.host;
}
