import { and, asc, desc, eq, lt, lte, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Db } from "@/db/client";
import { fleetRows } from "@/db/schema/fleet-rows";
import { reports } from "@/db/schema/reports";
import type { EpochMs } from "@/lib/uptime/types";

/** A store that went online or offline from one snapshot to the next. */
export interface FleetChange {
  readonly storeKey: number;
  readonly storeId: string;
  readonly state: "online" | "offline";
  /** Null if the start is unknown. */
  readonly since: EpochMs | null;
  readonly lastPollAt: EpochMs | null;
  readonly asOf: EpochMs;
}

/**
 * Changes since the previous complete snapshot; none if there is none. A snapshot as of a later instant was made while
 * the clock was wrong: its states are skipped.
 */
export async function findFleetChanges(tx: Db, snapshotId: number): Promise<FleetChange[]> {
  const before = alias(fleetRows, "before");
  const older = alias(reports, "older");
  const previous = tx
    .select({ id: older.id })
    .from(older)
    .where(
      and(
        eq(older.origin, "snapshot"),
        eq(older.state, "complete"),
        lt(older.id, snapshotId),
        lte(older.asOf, reports.asOf),
      ),
    )
    .orderBy(desc(older.id))
    .limit(1);
  const { storeId, storeKey, state, stateSince, lastPollAt, reportId } = fleetRows;
  return tx
    .select({
      ...{ storeKey, storeId, since: stateSince, lastPollAt, asOf: reports.asOf },
      state: sql<"online" | "offline">`${state}`,
    })
    .from(fleetRows)
    .innerJoin(reports, eq(reports.id, reportId))
    .innerJoin(before, and(eq(before.storeKey, storeKey), eq(before.reportId, previous)))
    .where(
      and(
        eq(reportId, snapshotId),
        or(
          and(eq(state, "online"), eq(before.state, "offline")),
          and(eq(state, "offline"), eq(before.state, "online")),
        ),
      ),
    )
    .orderBy(asc(storeId));
}
