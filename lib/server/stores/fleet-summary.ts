import type { Database } from "@/db/client";
import {
  findFleetSummary,
  readFleetHead,
  summariseStores,
  type FleetHead,
  type FleetSummary,
} from "@/db/queries/fleet-summaries";
import { readAs } from "@/lib/server/access/as-viewer";
import type { Viewer } from "@/lib/server/access/viewer";

/** The newest snapshot, and what snapshots say of all stores that the viewer sees together. */
export interface FleetReading {
  head(): Promise<FleetHead>;
  /**
   * Null where the snapshot was dropped. Of the whole fleet it was added up when the snapshot was made; of some stores
   * it is now, out of the snapshot's rows, without the week by the hour and the gaps, which no row has.
   */
  summary(snapshotId: number): Promise<FleetSummary | null>;
}

/** Reads each of it once, however many parts of an answer ask; so they are all of the same snapshot, too. */
export function openFleetReading(database: Pick<Database, "db" | "sql">, viewer: Viewer): FleetReading {
  const { stores } = viewer;
  let head: Promise<FleetHead> | undefined;
  const summaries = new Map<number, Promise<FleetSummary | null>>();
  const read = async (snapshotId: number): Promise<FleetSummary | null> => {
    if (stores !== "all") return readAs(database, viewer, ({ sql }) => summariseStores(sql, snapshotId, stores));
    const newest = await head;
    if (newest?.snapshot?.id === snapshotId) return newest.summary;
    return findFleetSummary(database.sql, snapshotId);
  };
  return {
    head: () => (head ??= readFleetHead(database.sql)),
    summary: (snapshotId) => {
      const summary = summaries.get(snapshotId) ?? read(snapshotId);
      summaries.set(snapshotId, summary);
      return summary;
    },
  };
}
