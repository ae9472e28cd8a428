import type { Database } from "@/db/client";
import type { FleetListRow, FleetPosition } from "@/db/queries/bulk/fleet-list";
import { findSnapshot } from "@/db/queries/reports";
import type { SelectedStoresCsv, StoreCsvQuery } from "@/lib/contract/stores";
import { readAs } from "@/lib/server/access/as-viewer";
import { requireStoreKeys } from "@/lib/server/access/store-keys";
import type { Viewer } from "@/lib/server/access/viewer";
import { AppError } from "@/lib/server/errors";
import { hundredthsOf } from "@/lib/server/figures/figures";
import { csvText, decimal } from "@/lib/server/text/csv-field";
import { isoInstant } from "@/lib/server/wire/instants";
import { percentText } from "@/lib/server/wire/percent-text";
import { windowNames } from "@/lib/uptime/windows";
import { readFleetPage } from "./list-stores";

const header = [
  ...["store_id", "name", "brand", "group", "state", "state_since_utc", "last_poll_at_utc"],
  ...["uptime_last_hour_percent", "uptime_last_day_percent", "uptime_last_week_percent"],
  ...["downtime_last_hour_minutes", "downtime_last_day_hours", "downtime_last_week_hours"],
  ...["coverage_last_hour_percent", "coverage_last_day_percent", "coverage_last_week_percent", "as_of_utc"],
  ...["tags", "time_zone", "lifecycle"],
].join(",");

/** One line of the CSV; unknown values are empty. @param asOf ISO 8601 */
function storeCsvLine(row: FleetListRow, asOf: string): string {
  const text = (value: string | null): string => (value === null ? "" : csvText(value));
  const instant = (at: number | null): string => (at === null ? "" : isoInstant(at));
  const cells = [
    ...[row.storeId, row.name, row.brand, row.group].map(text),
    ...[row.state, instant(row.stateSince), instant(row.lastPollAt)],
    ...windowNames.map((name) => percentText(row.uptime[name])),
    ...windowNames.map((name) => decimal(hundredthsOf(name, row.downMs[name]))),
    ...windowNames.map((name) => percentText(row.coverage[name])),
    asOf,
    text(row.tags.join(";")),
    text(row.timeZone),
    row.lifecycle,
  ];
  return `${cells.join(",")}\r\n`;
}

/** Every read applies the filters again, so it should not be small; a slow client keeps one read in memory. */
const rowsPerRead = 5_000;

/**
 * All stores that match a list's filters, or those that were selected, in its order, as of the newest snapshot. Reads a page of rows only when the
 * client has taken the one before. Fails when the snapshot was deleted meanwhile, so that the client does not take part
 * of the list for all of it.
 * @throws AppError no_snapshot, store_not_found
 */
export async function streamStoresCsv(
  database: Database,
  viewer: Viewer,
  { store_ids: storeIds, ...query }: StoreCsvQuery & Partial<SelectedStoresCsv>,
): Promise<{ readonly body: ReadableStream<Uint8Array>; readonly asOf: string }> {
  const snapshot = await findSnapshot(database, null);
  if (snapshot === null) {
    throw new AppError("no_snapshot", "The fleet has no figures yet. Import polls, or wait until they are computed.");
  }
  const only =
    storeIds === undefined ? null : await readAs(database, viewer, (db) => requireStoreKeys(db, viewer, storeIds));
  const asOf = isoInstant(snapshot.asOf);
  const encoder = new TextEncoder();
  let after: FleetPosition | null = null;
  let sent: number | null = null;
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { rows, matching } = await readFleetPage(database, viewer, snapshot, query, after, rowsPerRead, only);
        const start = sent === null ? `${query.bom === "1" ? "\uFEFF" : ""}${header}\r\n` : "";
        controller.enqueue(encoder.encode(start + rows.map((row) => storeCsvLine(row, asOf)).join("")));
        sent = (sent ?? 0) + rows.length;
        after = rows.at(-1)?.position ?? after;
        if (rows.length === rowsPerRead) return;
        if (sent === matching) controller.close();
        else
          controller.error(new Error(`Snapshot ${String(snapshot.id)} was deleted while its stores were being read.`));
      },
    },
    { highWaterMark: 0 },
  );
  return { body, asOf };
}
