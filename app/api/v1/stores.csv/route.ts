import { StoreCsvQuerySchema } from "@/lib/contract/stores";
import { getDatabase } from "@/lib/server/database";
import { handle } from "@/lib/server/http/handle";
import { parseQuery } from "@/lib/server/http/parse";
import { limited } from "@/lib/server/http/rate-limit";
import { streamStoresCsv } from "@/lib/server/stores/stores-csv";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/api/v1/stores.csv", {
  GET: limited("download", async (request, { viewer }) => {
    const { body, asOf } = await streamStoresCsv(getDatabase(), viewer, parseQuery(StoreCsvQuerySchema, request));
    return new Response(body, {
      headers: {
        "content-type": "text/csv; charset=utf-8; header=present",
        "content-disposition": `attachment; filename="stores-${asOf.replaceAll(":", "-")}.csv"`,
        "x-content-type-options": "nosniff",
      },
    });
  }),
});
