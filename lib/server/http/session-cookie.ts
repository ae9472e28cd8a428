import { isSecure } from "./request-scheme";

const lifetimeSeconds = 30 * 86_400;

/** The headers of a request, in either representation. */
type Headers = Pick<globalThis.Headers, "get">;

/** Over https a cookie name (`__Host-`) that browsers accept only from this host over https. */
function cookieName(headers: Headers): string {
  return isSecure(headers) ? "__Host-session" : "session";
}

/** The session token that a browser sends; null without one. */
export function readSessionCookie(headers: Headers): string | null {
  const name = cookieName(headers);
  for (const part of (headers.get("cookie") ?? "").split(";")) {
    const [key, ...value] = part.trim().split("=");
    if (key === name && /^[A-Za-z0-9_-]{43}$/.test(value.join("="))) return value.join("=");
  }
  return null;
}

/** `Set-Cookie` of a token; null deletes the cookie. */
export function sessionCookie(request: Request, token: string | null): string {
  const secure = isSecure(request.headers) ? "; Secure" : "";
  const age = token === null ? 0 : lifetimeSeconds;
  return `${cookieName(request.headers)}=${token ?? ""}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Lax${secure}`;
}
