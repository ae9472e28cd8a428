import type { Database } from "@/db/client";
import { findFleetSummary, type FleetSummary } from "@/db/queries/fleet-summaries";
import { readFleetHead, summariseStores, type FleetHead } from "@/db/queries/bulk/fleet-head";
import { readAs } from "@/lib/server/access/as-viewer";
import type { Viewer } from "@/lib/server/access/viewer";

/** The newest snapshot and the totals of the viewer's stores. */
export interface FleetReading {
  head(): Promise<FleetHead>;
  /**
   * Null when the snapshot was deleted. Totals of the whole fleet were computed with the snapshot. Totals of some
   * stores are computed now from the snapshot's rows, without the hours of the week and the gaps, which rows do not
   * have.
   */
  summary(snapshotId: number): Promise<FleetSummary | null>;
}

/** Reads each part once for all parts of a response that need it, so all of them use the same snapshot. */
export function openFleetReading(database: Database, viewer: Viewer): FleetReading {
  const { stores } = viewer;
  let head: Promise<FleetHead> | undefined;
  const summaries = new Map<number, Promise<FleetSummary | null>>();
  const read = async (snapshotId: number): Promise<FleetSummary | null> => {
    if (stores !== "all") return readAs(database, viewer, (db) => summariseStores(db, snapshotId, stores));
    const newest = await head;
    if (newest?.snapshot?.id === snapshotId) return newest.summary;
    return findFleetSummary(database, snapshotId);
  };
  return {
    head: () => (head ??= readFleetHead(database)),
    summary: (snapshotId) => {
      const summary = summaries.get(snapshotId) ?? read(snapshotId);
      summaries.set(snapshotId, summary);
      return summary;
    },
  };
}
