import { SelectedStoresCsvSchema, StoreCsvQuerySchema } from "@/lib/contract/stores";
import { getDatabase } from "@/lib/server/database";
import { csvResponse } from "@/lib/server/http/download";
import { handle } from "@/lib/server/http/handle";
import { parseInput, parseNoQuery, parseQuery } from "@/lib/server/http/parse";
import { limited } from "@/lib/server/http/rate-limit";
import { readJson } from "@/lib/server/http/read-json";
import { streamStoresCsv } from "@/lib/server/stores/stores-csv";

function storesResponse({ body, asOf }: Awaited<ReturnType<typeof streamStoresCsv>>): Response {
  return csvResponse(body, `stores-${asOf.replaceAll(":", "-")}.csv`);
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/api/v1/stores.csv", {
  GET: limited("download", async (request, { viewer }) => {
    return storesResponse(await streamStoresCsv(getDatabase(), viewer, parseQuery(StoreCsvQuerySchema, request)));
  }),
  POST: limited("download", async (request, { viewer }) => {
    parseNoQuery(request);
    const selected = parseInput(SelectedStoresCsvSchema, await readJson(request));
    return storesResponse(await streamStoresCsv(getDatabase(), viewer, selected));
  }),
});
