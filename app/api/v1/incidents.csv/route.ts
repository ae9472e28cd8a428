import { FleetIncidentsCsvQuerySchema } from "@/lib/contract/fleet-incidents";
import { getDatabase } from "@/lib/server/database";
import { csvResponse } from "@/lib/server/http/download";
import { handle } from "@/lib/server/http/handle";
import { parseQuery } from "@/lib/server/http/parse";
import { limited } from "@/lib/server/http/rate-limit";
import { streamIncidentsCsv } from "@/lib/server/stores/fleet-incidents-csv";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/api/v1/incidents.csv", {
  GET: limited("download", async (request, { viewer }) => {
    const query = parseQuery(FleetIncidentsCsvQuerySchema, request);
    const { body, asOf } = await streamIncidentsCsv(getDatabase(), viewer, query);
    return csvResponse(body, `incidents-${asOf.replaceAll(":", "-")}.csv`);
  }),
});
