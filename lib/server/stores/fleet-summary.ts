import type { Database } from "@/db/client";
import { findFleetSummary, summariseStores, type FleetSummary } from "@/db/queries/fleet-summaries";
import { findSnapshot } from "@/db/queries/reports";
import { readAs } from "@/lib/server/access/as-viewer";
import type { Viewer } from "@/lib/server/access/viewer";

/**
 * What a snapshot says of all stores that the viewer sees together; null where it was dropped. Of the whole fleet it
 * was added up when the snapshot was made; of some stores it is now, out of the snapshot's rows, without the week by the
 * hour and the gaps, which no row has.
 */
export async function readFleetSummary(
  database: Pick<Database, "db" | "sql">,
  viewer: Viewer,
  snapshotId: number,
): Promise<FleetSummary | null> {
  const { stores } = viewer;
  if (stores === "all") return findFleetSummary(database.sql, snapshotId);
  return readAs(database, viewer, ({ sql }) => summariseStores(sql, snapshotId, stores));
}

/** The newest snapshot, and what snapshots say of all stores. */
export interface FleetReading {
  newest(): ReturnType<typeof findSnapshot>;
  summary(snapshotId: number): ReturnType<typeof readFleetSummary>;
}

/** Reads each of it once, however many parts of an answer ask; so they are all of the same snapshot, too. */
export function openFleetReading(database: Pick<Database, "db" | "sql">, viewer: Viewer): FleetReading {
  let newest: ReturnType<typeof findSnapshot> | undefined;
  const summaries = new Map<number, ReturnType<typeof readFleetSummary>>();
  return {
    newest: () => (newest ??= findSnapshot(database.sql, null)),
    summary: (snapshotId) => {
      const summary = summaries.get(snapshotId) ?? readFleetSummary(database, viewer, snapshotId);
      summaries.set(snapshotId, summary);
      return summary;
    },
  };
}
