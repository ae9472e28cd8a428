import type { Database } from "@/db/client";
import { findFleetSummary, summariseStores, type FleetSummary } from "@/db/queries/fleet-summaries";
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
  if (stores === "all") return findFleetSummary(database.db, snapshotId);
  return readAs(database, viewer, ({ sql }) => summariseStores(sql, snapshotId, stores));
}
