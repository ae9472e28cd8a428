import { advisoryLocks } from "@/db/advisory-locks";
import type { Db } from "@/db/client";
import { as, readOneRow } from "@/db/rows";
import { fleetState } from "@/db/schema/fleet-state";
import { reports } from "@/db/schema/reports";
import type { EpochMs } from "@/lib/uptime/types";
import { newestPoll } from "./fleet-state";
import { isOfOtherRules } from "./queue-report";

const needRow = { dataVersion: fleetState.dataVersion, snapshotVersion: reports.dataVersion, isImporting: as.boolean };

/** The data that decides whether the fleet needs a snapshot. */
export interface SnapshotNeed {
  /** Of the fleet's data; 0 if there never was any. */
  readonly dataVersion: number;
  /**
   * Version of the data of the newest complete snapshot; null if there is none, or if it has another as-of instant than
   * a new one would have (because the clock has reached polls that were ahead, or was set back) or other time zone
   * rules than those in use.
   */
  readonly snapshotVersion: number | null;
  /** Whether a file is being imported, queued, or uploaded. */
  readonly isImporting: boolean;
}

/** @param tzRelease of the calling worker; null: any rules */
export async function readSnapshotNeed(
  { sql }: Db,
  now: EpochMs = Date.now(),
  tzRelease: string | null = null,
): Promise<SnapshotNeed> {
  return readOneRow(
    sql`
    select fleet_state.data_version,
      case when last.as_of = coalesce(${newestPoll(sql, now)}, last.as_of) and not ${isOfOtherRules(sql, tzRelease)}
        then last.data_version end as snapshot_version,
      exists (select from imports where state in ('receiving', 'queued', 'running', 'undoing'))
        or exists (
          select from pg_locks
          where locktype = 'advisory' and classid = 0 and objid = ${advisoryLocks.imports} and objsubid = 1
            and database = (select oid from pg_database where datname = current_database())
        ) as is_importing
    from fleet_state left join (
      select data_version, as_of, tz_release from reports where origin = 'snapshot' and state = 'complete' order by id desc limit 1
    ) as last on true`,
    needRow,
  );
}
