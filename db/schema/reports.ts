import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  index,
  integer,
  jsonb,
  pgSequence,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { instant, storeIdText } from "./columns";

/** Ids of snapshots, far beyond those of requested reports; ascending, so that the newest is the greatest. */
export const snapshotIds = pgSequence("snapshot_ids", { startWith: "1000000000000" });

/** A report is also its job: `state`, `attempts` (the fencing token) and `lease_until` are the queue. */
export const reports = pgTable(
  "reports",
  {
    /** Requested reports use the column's own sequence, snapshots use `snapshotIds`. */
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    /** `request`: triggered by a viewer. `snapshot`: made by the worker for the fleet page. */
    origin: text("origin", { enum: ["request", "snapshot"] }).notNull(),
    scope: text("scope", { enum: ["store", "stores", "fleet"] }).notNull(),
    /** Keys of the requested stores, ascending; null for the fleet. */
    storeKeys: integer("store_keys").array(),
    /** The filter that selected the stores, as it was sent; null: none did. */
    filter: jsonb("filter").$type<Readonly<Record<string, unknown>>>(),
    method: text("method", { enum: ["interpolated", "poll_count"] }).notNull(),
    asOf: instant("as_of").notNull(),
    state: text("state", { enum: ["queued", "running", "complete", "failed"] }).notNull(),
    /** Equal for requests with the same result; unique among reports that have not ended. */
    dedupeKey: text("dedupe_key").notNull(),
    attempts: integer("attempts").notNull().default(0),
    /** Attempts that ended because their worker was stopped; they do not count towards giving up. */
    handedBack: integer("handed_back").notNull().default(0),
    worker: text("worker"),
    leaseUntil: instant("lease_until"),
    storesDone: integer("stores_done").notNull().default(0),
    storesTotal: integer("stores_total"),
    failureCode: text("failure_code"),
    failureReason: text("failure_reason"),
    /** The account of the viewer who requested it. */
    requestedBy: text("requested_by").notNull().default("open"),
    /** Its round in the queue: each account has one report per round. Rounds count from 0 when nothing waits. */
    turn: integer("turn").notNull().default(0),
    /** For a snapshot: the `fleet_state.data_version` that it was computed from. */
    dataVersion: bigint("data_version", { mode: "number" }),
    /** Release of the tz database used for its figures; null until complete, and when none was recorded. */
    tzRelease: text("tz_release"),
    createdAt: instant("created_at")
      .notNull()
      .default(sql`now()`),
    startedAt: instant("started_at"),
    finishedAt: instant("finished_at"),
    /** When its rows were deleted. */
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
 * and highest up in ms and the polls (21 numbers), or uptime and downtime of the poll count (6 numbers). Streamed in
 * order of `store_id`; the store's key is part of the primary key so that the table can be distributed by it.
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
