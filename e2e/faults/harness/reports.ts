import type { Database } from "@/db/client";
import { findReport } from "@/db/queries/reports";
import { queueReport } from "@/db/queries/bulk/queue-report";
import { computeReport } from "@/lib/server/figures/compute-report";
import { printReport } from "@/lib/server/reports/print-report";
import { openViewer } from "@/lib/server/access/viewer";
import { streamReport } from "@/lib/server/reports/report-stream";
import { isoInstant } from "@/lib/server/wire/instants";
import { fleetAsOf } from "./fleet";

/** Queues a report of the fleet by the interpolated method. @returns its id */
export function queueFleetReport(database: Database, dedupeKey: string, asOf = fleetAsOf): Promise<number> {
  return queueReport(database, { scope: "fleet", storeKeys: null, method: "interpolated", asOf, dedupeKey });
}

/** The downloaded CSV of a complete report. */
export async function csvOf(database: Database, id: number): Promise<string> {
  const report = await findReport(database, id);
  if (report?.state !== "complete") throw new Error(`Report ${id} is ${report?.state ?? "gone"}.`);
  const asOf = isoInstant(report.asOf);
  const download = streamReport(
    database,
    openViewer,
    { id, method: report.method, asOf, stores: report.storesDone, tzRelease: report.tzRelease },
    "csv",
  );
  return new Response(download).text();
}

/** The CSV of the fleet, computed here and stored nowhere. */
export async function cleanCsv(database: Database, asOf = fleetAsOf): Promise<string> {
  return [...printReport(await computeReport(database, { storeKeys: null, method: "interpolated", asOf }), "csv")].join(
    "",
  );
}

/** A report's lines without those of stores that were added while it was computed. */
export function ofFleet(csv: string): string {
  const [header = "", ...lines] = csv.split("\r\n");
  return [header, ...lines.filter((line) => line.startsWith("store-"))].join("\r\n");
}
