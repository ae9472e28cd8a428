import { advisoryLocks } from "@/db/advisory-locks";
import type { Db } from "@/db/client";
import { as, readOneRow } from "@/db/rows";
import { fleetState } from "@/db/schema/fleet-state";
import { reports } from "@/db/schema/reports";
import type { EpochMs } from "@/lib/uptime/types";
import { newestPoll } from "./fleet-state";
import { isOfOtherRules } from "./queue-report";

const needRow = { dataVersion: fleetState.dataVersion, snapshotVersion: reports.dataVersion, isImporting: as.boolean };

/** What tells whether the fleet wants a snapshot. */
export interface SnapshotNeed {
  /** Of the fleet's data; 0 where there never was any. */
  readonly dataVersion: number;
  /**
   * Of the data that the newest complete snapshot was made from; null where there is none, or it is as of another instant
   * than one would be now, because the clock has reached polls that lay ahead, or was put back, or of other time zone
   * rules than those in use.
   */
  readonly snapshotVersion: number | null;
  /** Whether a file is being imported, waits to be, or is being sent. */
  readonly isImporting: boolean;
}

/** @param tzRelease of the worker that asks; null: whatever the rules */
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

/** Lets others see that an import is under way, until the end of the transaction. */
export async function shareImporting({ sql }: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${advisoryLocks.imports})`;
}
