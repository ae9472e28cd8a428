import type { Database } from "@/db/client";
import { listIncidents, type IncidentPosition, type ListedIncident } from "@/db/queries/bulk/fleet-incidents";
import type { FleetIncidentsCsvQuery } from "@/lib/contract/fleet-incidents";
import { readAs } from "@/lib/server/access/as-viewer";
import type { Viewer } from "@/lib/server/access/viewer";
import { AppError } from "@/lib/server/errors";
import { csvText, decimal } from "@/lib/server/text/csv-field";
import { isoInstant } from "@/lib/server/wire/instants";
import { percentText } from "@/lib/server/wire/percent-text";
import { findIncidentSnapshot, selectionOf, shareFinder } from "./list-fleet-incidents";

const header = [
  ...["store_id", "name", "brand", "group", "start_utc", "end_utc", "downtime_minutes", "ongoing", "started_before"],
  ...["polls", "fleet_share_percent", "as_of_utc"],
].join(",");

const msPerHundredthMinute = 600;

/** One line of the CSV; unknown values are empty. @param asOf ISO 8601 */
function incidentLine(row: ListedIncident, fleetShare: number | null, asOf: string): string {
  const cells = [
    ...[row.storeId, row.name, row.brand, row.groupName].map((text) => (text === null ? "" : csvText(text))),
    ...[row.startedAt, row.endedAt].map(isoInstant),
    decimal(Math.round(row.downMs / msPerHundredthMinute)),
    ...[row.ongoing, !row.startKnown].map(String),
    String(row.polls),
    percentText(fleetShare),
    asOf,
  ];
  return `${cells.join(",")}\r\n`;
}

/** Few enough that writing their lines blocks nothing else for long. */
const rowsPerRead = 2_000;

/**
 * All incidents that match, in the order of the list, as of the newest snapshot. Reads a page of rows only when the
 * client has taken the one before.
 * @throws AppError no_snapshot
 */
export async function streamIncidentsCsv(
  database: Database,
  viewer: Viewer,
  query: FleetIncidentsCsvQuery,
): Promise<{ readonly body: ReadableStream<Uint8Array>; readonly asOf: string }> {
  const found = await findIncidentSnapshot(database, null);
  if (found === null) {
    throw new AppError("no_snapshot", "The fleet has no figures yet. Import polls, or wait until they are computed.");
  }
  const asOf = isoInstant(found.snapshot.asOf);
  const selection = selectionOf(found, viewer, query);
  const shareOf = shareFinder(found, viewer);
  const encoder = new TextEncoder();
  let after: IncidentPosition | null = null;
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const page = { order: query.sort, after, limit: rowsPerRead };
        const rows = await readAs(database, viewer, (db) => listIncidents(db, selection, page));
        const start = after === null ? `${query.bom === "1" ? "\uFEFF" : ""}${header}\r\n` : "";
        controller.enqueue(encoder.encode(start + rows.map((row) => incidentLine(row, shareOf(row), asOf)).join("")));
        const last = rows.at(-1);
        if (last !== undefined) after = { start: last.startedAt, downMs: last.downMs, storeKey: last.storeKey };
        if (rows.length === rowsPerRead) return;
        // Rows of a snapshot that was deleted meanwhile are missing, and part of a list must not look like all of it.
        if ((await findIncidentSnapshot(database, found.snapshot.id)) !== null) controller.close();
        else controller.error(new Error("The snapshot was deleted while its incidents were being read."));
      },
    },
    { highWaterMark: 0 },
  );
  return { body, asOf };
}
