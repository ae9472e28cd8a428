import { SelectedStoresCsvSchema, StoreCsvQuerySchema } from "@/lib/contract/stores";
import { getDatabase } from "@/lib/server/database";
import { handle } from "@/lib/server/http/handle";
import { parseInput, parseNoQuery, parseQuery } from "@/lib/server/http/parse";
import { limited } from "@/lib/server/http/rate-limit";
import { readJson } from "@/lib/server/http/read-json";
import { streamStoresCsv } from "@/lib/server/stores/stores-csv";

function csvResponse({ body, asOf }: Awaited<ReturnType<typeof streamStoresCsv>>): Response {
  return new Response(body, {
    headers: {
      "content-type": "text/csv; charset=utf-8; header=present",
      "content-disposition": `attachment; filename="stores-${asOf.replaceAll(":", "-")}.csv"`,
      "x-content-type-options": "nosniff",
    },
  });
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/api/v1/stores.csv", {
  GET: limited("download", async (request, { viewer }) => {
    return csvResponse(await streamStoresCsv(getDatabase(), viewer, parseQuery(StoreCsvQuerySchema, request)));
  }),
  POST: limited("download", async (request, { viewer }) => {
    parseNoQuery(request);
    const selected = parseInput(SelectedStoresCsvSchema, await readJson(request));
    return csvResponse(await streamStoresCsv(getDatabase(), viewer, selected));
  }),
});
