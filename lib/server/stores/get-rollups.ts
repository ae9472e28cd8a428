import type { Database } from "@/db/client";
import { rollUpStores, type RollupColumn } from "@/db/queries/bulk/fleet-rollups";
import type { RollupKind } from "@/lib/contract/enums";
import type { Rollups } from "@/lib/contract/fleet";
import { readAs } from "@/lib/server/access/as-viewer";
import type { Viewer } from "@/lib/server/access/viewer";
import { estimatesOf } from "@/lib/server/figures/figures";
import { isoInstant } from "@/lib/server/wire/instants";
import { toEstimate } from "@/lib/server/wire/uptime-wire";
import { openFleetReading } from "./fleet-summary";

const columns: Readonly<Record<RollupKind, RollupColumn>> = {
  brand: "brand",
  group: "group_name",
  time_zone: "time_zone",
  tag: "tag",
};
const maxRollups = 500;

/** The viewer's stores by brand, group, time zone or tag as of the newest snapshot; each uptime is a ratio of sums. */
export async function getRollups(database: Database, viewer: Viewer, by: RollupKind): Promise<Rollups> {
  const { snapshot } = await openFleetReading(database, viewer).head();
  if (snapshot === null) return { as_of: null, by, matching: 0, rollups: [] };
  const rollups = await readAs(database, viewer, (db) =>
    rollUpStores(db, snapshot.id, columns[by], viewer.stores, maxRollups),
  );
  return {
    as_of: isoInstant(snapshot.asOf),
    by,
    matching: rollups[0]?.labels ?? 0,
    rollups: rollups.map(({ label, stores, offline, sums }) => {
      const { hour, day, week } = estimatesOf(sums);
      return {
        label,
        stores,
        offline,
        windows: { hour: toEstimate(hour), day: toEstimate(day), week: toEstimate(week) },
      };
    }),
  };
}
