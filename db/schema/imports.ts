import { sql } from "drizzle-orm";
import { bigint, boolean, check, index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./columns";

/** Rows of a file, by result. */
export interface StoredCounts {
  readonly rows: number;
  readonly accepted: number;
  readonly duplicate: number;
  readonly conflicting: number;
  readonly rejected: number;
  readonly blank: number;
  readonly discarded: number;
}

export interface StoredWarning {
  readonly code: string;
  readonly detail: string;
  readonly count: number;
  readonly lines: readonly number[];
  /** Absent in warnings of imports before there were any about stores. */
  readonly stores?: readonly string[];
}

/** An import is also its job: `state`, `attempts` (the fencing token) and `lease_until` are the queue. */
export const imports = pgTable(
  "imports",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    kind: text("kind", { enum: ["timezones", "hours", "polls", "stores", "exceptions"] }).notNull(),
    state: text("state", {
      enum: [
        "receiving",
        "queued",
        "running",
        "complete",
        "complete_with_rejects",
        "failed",
        "cancelled",
        "undoing",
        "undone",
      ],
    }).notNull(),
    /** The sender's name for the file: a label, never a path. */
    fileName: text("file_name"),
    dryRun: boolean("dry_run").notNull(),
    abortOnReject: boolean("abort_on_reject").notNull(),
    /** Of hours: the local date from which they apply, or `beginning`. Null: the default. */
    hoursFrom: text("hours_from"),
    /** Bytes received; they are kept in `import_chunks` until the import has ended. */
    bytesTotal: bigint("bytes_total", { mode: "number" }).notNull().default(0),
    /** SHA-256 of all bytes, in hex; null until the last has arrived. */
    sha256: text("sha256"),
    attempts: integer("attempts").notNull().default(0),
    /** Attempts that ended because their worker was stopped; they do not count towards giving up. */
    handedBack: integer("handed_back").notNull().default(0),
    worker: text("worker"),
    /** Lease of the process that receives the bytes or works on them; null while the import waits for a worker. */
    leaseUntil: instant("lease_until"),
    phase: text("phase", { enum: ["reading", "storing"] }),
    rowsRead: bigint("rows_read", { mode: "number" }).notNull().default(0),
    bytesRead: bigint("bytes_read", { mode: "number" }).notNull().default(0),
    secondsLeft: integer("seconds_left"),
    counts: jsonb("counts").$type<StoredCounts>(),
    warnings: jsonb("warnings").$type<readonly StoredWarning[]>(),
    errorCode: text("error_code"),
    /** Shown to users. */
    errorDetail: text("error_detail"),
    errorLine: integer("error_line"),
    /** Stores with a row in `import_store_changes`; null for polls, and until the import has ended. */
    storesChanged: integer("stores_changed"),
    undoneAt: instant("undone_at"),
    pollsRemoved: bigint("polls_removed", { mode: "number" }),
    pollsRestored: bigint("polls_restored", { mode: "number" }),
    createdAt: instant("created_at")
      .notNull()
      .default(sql`now()`),
    startedAt: instant("started_at"),
    finishedAt: instant("finished_at"),
  },
  (table) => [
    index("imports_unfinished")
      .on(table.id)
      .where(sql`${table.state} in ('receiving', 'queued', 'running', 'undoing')`),
    check("imports_leased", sql`${table.state} not in ('receiving', 'running') or ${table.leaseUntil} is not null`),
    check("imports_failed", sql`${table.state} <> 'failed' or ${table.errorCode} is not null`),
    check(
      "imports_counted",
      sql`${table.state} not in ('complete', 'complete_with_rejects', 'undone') or ${table.counts} is not null`,
    ),
    check("imports_ended", sql`(${table.state} in ('receiving', 'queued', 'running')) = (${table.finishedAt} is null)`),
    check("imports_undone", sql`(${table.state} = 'undone') = (${table.undoneAt} is not null)`),
  ],
);
