import { sql } from "drizzle-orm";
import { bigint, check, index, integer, pgSequence, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { instant, storeIdText } from "./columns";

/** Ids of snapshots, far beyond those of the reports that people ask for; ascending, so that the newest is the greatest. */
export const snapshotIds = pgSequence("snapshot_ids", { startWith: "1000000000000" });

/** A report is also its job: `state`, `attempts` (the fencing token) and `lease_until` are the queue. */
export const reports = pgTable(
  "reports",
  {
    /** Of the reports that people ask for by the column's own sequence, of snapshots by `snapshotIds`. */
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    /** `request`: somebody triggered it. `snapshot`: the worker made it for the fleet page. */
    origin: text("origin", { enum: ["request", "snapshot"] }).notNull(),
    scope: text("scope", { enum: ["store", "stores", "fleet"] }).notNull(),
    /** Keys of the stores asked about, ascending; null for the fleet. */
    storeKeys: integer("store_keys").array(),
    method: text("method", { enum: ["interpolated", "poll_count"] }).notNull(),
    asOf: instant("as_of").notNull(),
    state: text("state", { enum: ["queued", "running", "complete", "failed"] }).notNull(),
    /** Equal for requests that would compute the same thing; unique among those not yet ended. */
    dedupeKey: text("dedupe_key").notNull(),
    attempts: integer("attempts").notNull().default(0),
    /** Attempts that ended because their worker was told to stop; they do not count towards giving up. */
    handedBack: integer("handed_back").notNull().default(0),
    worker: text("worker"),
    leaseUntil: instant("lease_until"),
    storesDone: integer("stores_done").notNull().default(0),
    storesTotal: integer("stores_total"),
    failureCode: text("failure_code"),
    failureReason: text("failure_reason"),
    /** Whose it is: the account of the viewer who asked. */
    requestedBy: text("requested_by").notNull().default("open"),
    /** In which round it is worked on: each account has one report a round. Rounds count from 0 when nothing waits. */
    turn: integer("turn").notNull().default(0),
    /** Of a snapshot: `fleet_state.data_version` that it was computed from. */
    dataVersion: bigint("data_version", { mode: "number" }),
    /** Release of the tz database that its figures were computed with; null until complete, and where none was noted. */
    tzRelease: text("tz_release"),
    createdAt: instant("created_at")
      .notNull()
      .default(sql`now()`),
    startedAt: instant("started_at"),
    finishedAt: instant("finished_at"),
    /** Since when its rows are no longer kept. */
    expiredAt: instant("expired_at"),
  },
  (table) => [
    uniqueIndex("reports_active_dedupe_key")
      .on(table.dedupeKey)
      .where(sql`${table.state} in ('queued', 'running')`),
    index("reports_claimable")
      .on(table.turn, table.createdAt)
      .where(sql`${table.state} in ('queued', 'running')`),
    index("reports_complete_snapshots")
      .on(table.id)
      .where(sql`${table.origin} = 'snapshot' and ${table.state} = 'complete'`),
    index("reports_requested_by").on(table.requestedBy, table.id),
    index("reports_to_expire")
      .on(table.finishedAt)
      .where(sql`${table.origin} = 'request' and ${table.expiredAt} is null`),
    check("reports_scope", sql`(${table.scope} = 'fleet') = (${table.storeKeys} is null)`),
    check("reports_running", sql`${table.state} <> 'running' or ${table.leaseUntil} is not null`),
    check("reports_failed", sql`(${table.state} = 'failed') = (${table.failureCode} is not null)`),
    check("reports_expired", sql`${table.expiredAt} is null or ${table.finishedAt} is not null`),
    check("reports_ended", sql`(${table.state} in ('complete', 'failed')) = (${table.finishedAt} is not null)`),
  ],
);

/**
 * One store's figures in one report. `figures` holds, per window (hour, day, week), open, up, down, unknown, lowest up
 * and highest up in ms and the polls (21 numbers), or uptime and downtime of the poll count (6 numbers).
 * Streamed in order of `store_id`; the store's key stands in the key so that the table can be distributed by it.
 */
export const reportRows = pgTable(
  "report_rows",
  {
    reportId: bigint("report_id", { mode: "number" }).notNull(),
    storeId: storeIdText("store_id").notNull(),
    storeKey: integer("store_key").notNull(),
    figures: integer("figures").array().notNull(),
  },
  (table) => [
    primaryKey({ name: "report_rows_pk", columns: [table.reportId, table.storeId, table.storeKey] }),
    check("report_rows_figures", sql`cardinality(${table.figures}) in (6, 21)`),
  ],
);
