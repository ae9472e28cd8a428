import { ExportPollsQuerySchema } from "@/lib/contract/exports";
import { getDatabase } from "@/lib/server/database";
import { csvResponse } from "@/lib/server/http/download";
import { handle } from "@/lib/server/http/handle";
import { parseQuery } from "@/lib/server/http/parse";
import { limited } from "@/lib/server/http/rate-limit";
import { streamExport } from "@/lib/server/stores/export-csv";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/api/v1/polls.csv", {
  GET: limited("download", async (request, { viewer }) => {
    const body = await streamExport(getDatabase(), viewer, "polls", parseQuery(ExportPollsQuerySchema, request));
    return csvResponse(body, "polls.csv");
  }),
});
