import { env } from "@/lib/server/env";
import { isHttps } from "@/lib/server/edge/response-headers";

const lifetimeSeconds = 30 * 86_400;

/** The headers of a request, whoever holds them. */
type Headers = Pick<globalThis.Headers, "get">;

/** The scheme, with its colon, that a trusted proxy says the caller used; null where none says so. */
export function forwardedProtocol(headers: Headers): "http:" | "https:" | null {
  const { TRUST_PROXY } = env();
  const forwarded = headers.get("x-forwarded-proto");
  if (TRUST_PROXY === 0 || forwarded === null) return null;
  return isHttps({ "x-forwarded-proto": forwarded }, TRUST_PROXY) ? "https:" : "http:";
}

/** Whether the caller reached us over https, by PUBLIC_URL or by what a trusted proxy says. */
export function isSecure(headers: Headers): boolean {
  const { PUBLIC_URL } = env();
  return PUBLIC_URL === undefined ? forwardedProtocol(headers) === "https:" : PUBLIC_URL.startsWith("https:");
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
