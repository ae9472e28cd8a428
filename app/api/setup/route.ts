import { SetupSchema } from "@/lib/contract/access";
import { accessMode } from "@/lib/server/access/mode";
import { setUp } from "@/lib/server/access/set-up";
import { getDatabase } from "@/lib/server/database";
import { AppError } from "@/lib/server/errors";
import { handle } from "@/lib/server/http/handle";
import { parseInput, parseNoQuery } from "@/lib/server/http/parse";
import { limitSignIn } from "@/lib/server/http/rate-limit";
import { readJson } from "@/lib/server/http/read-json";
import { startedSessionResponse, clientOf } from "@/lib/server/http/signed-in";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/api/setup", {
  POST: async (request) => {
    parseNoQuery(request);
    const body = parseInput(SetupSchema, await readJson(request));
    if (accessMode() === "open")
      throw new AppError("not_found", "Sign-in is off on this server; AUTH=required turns it on.");
    await limitSignIn(request, null);
    return startedSessionResponse(request, await setUp(getDatabase(), body, clientOf(request)), 201);
  },
});
