import { isSecure } from "./request-scheme";
import type { ApiRequest, RequestHeaders } from "./api-request";

const lifetimeSeconds = 30 * 86_400;

/** Over https a cookie name (`__Host-`) that browsers accept only from this host over https. */
function cookieName(headers: RequestHeaders): string {
  return isSecure(headers) ? "__Host-session" : "session";
}

/** The session token that a browser sends; null without one. */
export function readSessionCookie(headers: RequestHeaders): string | null {
  const name = cookieName(headers);
  for (const part of (headers.get("cookie") ?? "").split(";")) {
    const [key, ...value] = part.trim().split("=");
    if (key === name && /^[A-Za-z0-9_-]{43}$/.test(value.join("="))) return value.join("=");
  }
  return null;
}

/** `Set-Cookie` of a token; null deletes the cookie. */
export function sessionCookie(request: ApiRequest, token: string | null): string {
  const secure = isSecure(request.headers) ? "; Secure" : "";
  const age = token === null ? 0 : lifetimeSeconds;
  return `${cookieName(request.headers)}=${token ?? ""}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Lax${secure}`;
}
