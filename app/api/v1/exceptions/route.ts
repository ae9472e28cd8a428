import { PutExceptionsSchema } from "@/lib/contract/store-edit";
import { getDatabase } from "@/lib/server/database";
import { handle } from "@/lib/server/http/handle";
import { parseInput, parseNoQuery } from "@/lib/server/http/parse";
import { readJson } from "@/lib/server/http/read-json";
import { jsonResponse } from "@/lib/server/http/text-response";
import { putExceptions } from "@/lib/server/stores/many-exceptions";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/api/v1/exceptions", {
  PUT: async (request, { viewer }) => {
    parseNoQuery(request);
    const body = parseInput(PutExceptionsSchema, await readJson(request));
    return jsonResponse(await putExceptions(getDatabase(), viewer, body));
  },
});
