import { SignInSchema } from "@/lib/contract/access";
import { accessMode } from "@/lib/server/access/mode";
import { addressOf, signedInPerson } from "@/lib/server/http/request-viewer";
import { openInfo, personInfo } from "@/lib/server/access/session-info";
import { requireSetUp } from "@/lib/server/access/setup-state";
import { signIn, signOut } from "@/lib/server/access/sign-in";
import { getDatabase } from "@/lib/server/database";
import { AppError } from "@/lib/server/errors";
import { handle } from "@/lib/server/http/handle";
import { parseInput, parseNoQuery } from "@/lib/server/http/parse";
import { limitSignIn } from "@/lib/server/http/rate-limit";
import { readJson } from "@/lib/server/http/read-json";
import { readSessionCookie, sessionCookie } from "@/lib/server/http/session-cookie";
import { startedSessionResponse, clientOf } from "@/lib/server/http/signed-in";
import { jsonResponse } from "@/lib/server/http/text-response";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/api/session", {
  GET: async (request) => {
    parseNoQuery(request);
    if (accessMode() === "open") return jsonResponse(openInfo);
    await requireSetUp(getDatabase());
    const person = await signedInPerson(request.headers);
    if (person === null) throw new AppError("unauthenticated", "Not signed in.");
    return jsonResponse(personInfo(person));
  },
  POST: async (request) => {
    parseNoQuery(request);
    const body = parseInput(SignInSchema, await readJson(request));
    if (accessMode() === "open") throw new AppError("not_found", "Sign-in is off on this server.");
    await requireSetUp(getDatabase());
    await limitSignIn(request, body.email);
    return startedSessionResponse(request, await signIn(getDatabase(), body, clientOf(request)));
  },
  DELETE: async (request) => {
    parseNoQuery(request);
    const token = accessMode() === "open" ? null : readSessionCookie(request.headers);
    if (token !== null) await signOut(getDatabase(), token, addressOf(request.headers));
    return new Response(null, { status: 204, headers: { "set-cookie": sessionCookie(request, null) } });
  },
});
