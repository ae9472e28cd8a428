import { bigint, boolean, date, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { calendars } from "./calendars";
import { instant } from "./columns";

/** Merges of two ids that were one store. The audit log has who merged them. */
export const storeMerges = pgTable(
  "store_merges",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    /** The id that was given up, and its row of `stores`, which keeps its hours until the merge cannot be undone. */
    sourceId: text("source_id").notNull(),
    sourceKey: integer("source_key").notNull(),
    targetId: text("target_id").notNull(),
    targetKey: integer("target_key").notNull(),
    /** What the source was before. */
    sourceLifecycle: text("source_lifecycle", { enum: ["active", "paused", "retired"] }).notNull(),
    /** Keys of the rows of its earlier ids, which are now the target's. */
    sourceAliases: integer("source_aliases").array().notNull(),
    polls: integer("polls").notNull(),
    createdAt: instant("created_at").notNull(),
    undoneAt: instant("undone_at"),
  },
  (table) => [
    index("store_merges_target").on(table.targetKey, table.id),
    index("store_merges_source").on(table.sourceKey),
  ],
);

/**
 * The polls of a merge's source, and what the target has of its own at their instants, while the merge can be undone:
 * see db/queries/bulk/merged-polls.ts.
 */
export const mergedPolls = pgTable(
  "merged_polls",
  {
    mergeId: bigint("merge_id", { mode: "number" })
      .notNull()
      .references(() => storeMerges.id, { onDelete: "cascade" }),
    /** The target's. */
    storeKey: integer("store_key").notNull(),
    at: instant("at").notNull(),
    active: boolean("active").notNull(),
    conflicting: boolean("conflicting").notNull(),
    /** Null: the target has no poll of its own at the instant. */
    targetActive: boolean("target_active"),
    targetConflicting: boolean("target_conflicting").notNull(),
  },
  (table) => [
    primaryKey({ name: "merged_polls_pk", columns: [table.mergeId, table.storeKey, table.at] }),
    index("merged_polls_of_store").on(table.storeKey, table.at),
  ],
);

/** Grants of the target that a merge added or widened, while the merge can be undone. */
export const mergedGrants = pgTable(
  "merged_grants",
  {
    mergeId: bigint("merge_id", { mode: "number" })
      .notNull()
      .references(() => storeMerges.id, { onDelete: "cascade" }),
    personId: bigint("person_id", { mode: "number" }).notNull(),
    /** Null: the person had no grant of the target. */
    before: boolean("before"),
  },
  (table) => [primaryKey({ name: "merged_grants_pk", columns: [table.mergeId, table.personId] })],
);

/** Calendars that a merge gave to the target, because they had been given to the source, while it can be undone. */
export const mergedCalendars = pgTable(
  "merged_calendars",
  {
    mergeId: bigint("merge_id", { mode: "number" })
      .notNull()
      .references(() => storeMerges.id, { onDelete: "cascade" }),
    calendarId: integer("calendar_id")
      .notNull()
      .references(() => calendars.id, { onDelete: "cascade" }),
    firstDate: date("first_date", { mode: "string" }).notNull(),
  },
  (table) => [primaryKey({ name: "merged_calendars_pk", columns: [table.mergeId, table.calendarId, table.firstDate] })],
);
