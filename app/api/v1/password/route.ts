import { ChangePasswordSchema } from "@/lib/contract/access";
import { changePassword } from "@/lib/server/access/change-password";
import { getDatabase } from "@/lib/server/database";
import { handle } from "@/lib/server/http/handle";
import { parseInput, parseNoQuery } from "@/lib/server/http/parse";
import { limitSignIn } from "@/lib/server/http/rate-limit";
import { readJson } from "@/lib/server/http/read-json";
import { startedSessionResponse, clientOf, requirePerson } from "@/lib/server/http/signed-in";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/api/v1/password", {
  POST: async (request, { viewer }) => {
    parseNoQuery(request);
    const body = parseInput(ChangePasswordSchema, await readJson(request));
    const { email } = await requirePerson(request);
    await limitSignIn(request, email);
    return startedSessionResponse(request, await changePassword(getDatabase(), viewer, body, clientOf(request)));
  },
});
