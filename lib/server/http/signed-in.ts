import type { SessionPerson } from "@/db/queries/bulk/credentials";
import type { StartedSession, Client } from "@/lib/server/access/sign-in";
import { addressOf, signedInPerson } from "./request-viewer";
import { AppError } from "@/lib/server/errors";
import { sessionCookie } from "./session-cookie";
import type { ApiRequest } from "./api-request";
import { jsonResponse } from "./text-response";

/** Where a request comes from, for the session that it starts. */
export function clientOf({ headers }: ApiRequest): Client {
  return { address: addressOf(headers), userAgent: headers.get("user-agent") ?? "" };
}

/** The response that starts a session. Only the cookie holds its token. */
export function startedSessionResponse(request: ApiRequest, { token, info }: StartedSession, status = 200): Response {
  return jsonResponse(info, { status, headers: { "set-cookie": sessionCookie(request, token) } });
}

/**
 * The signed-in person of a request that `handle` accepted. @throws AppError unauthenticated when they signed out
 * meanwhile
 */
export async function requirePerson({ headers }: ApiRequest): Promise<SessionPerson> {
  const person = await signedInPerson(headers);
  if (person === null) throw new AppError("unauthenticated", "Sign in again.");
  return person;
}
