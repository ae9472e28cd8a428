import { PutHoursSchema } from "@/lib/contract/store-hours";
import { getDatabase } from "@/lib/server/database";
import { handle } from "@/lib/server/http/handle";
import { parseInput, parseNoQuery } from "@/lib/server/http/parse";
import { readJson } from "@/lib/server/http/read-json";
import { putHours } from "@/lib/server/stores/store-hours";
import { jsonResponse } from "@/lib/server/http/text-response";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/api/v1/hours", {
  PUT: async (request, { viewer }) => {
    parseNoQuery(request);
    const { stores } = parseInput(PutHoursSchema, await readJson(request));
    return jsonResponse(await putHours(getDatabase(), viewer, stores));
  },
});
