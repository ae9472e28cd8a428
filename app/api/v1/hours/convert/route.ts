import { ConvertHoursSchema } from "@/lib/contract/hours-conversion";
import { handle } from "@/lib/server/http/handle";
import { parseInput, parseNoQuery } from "@/lib/server/http/parse";
import { readJson } from "@/lib/server/http/read-json";
import { jsonResponse } from "@/lib/server/http/text-response";
import { convertHours } from "@/lib/server/spellings/convert-hours";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/api/v1/hours/convert", {
  POST: async (request) => {
    parseNoQuery(request);
    return jsonResponse(convertHours(parseInput(ConvertHoursSchema, await readJson(request))));
  },
});
