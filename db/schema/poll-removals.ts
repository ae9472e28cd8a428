import { bigint, boolean, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant } from "./columns";

/** Removals of a store's polls. The audit log has who removed them. */
export const pollRemovals = pgTable(
  "poll_removals",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    storeKey: integer("store_key").notNull(),
    storeId: text("store_id").notNull(),
    /** The range, its end not included. */
    fromAt: instant("from_at").notNull(),
    toAt: instant("to_at").notNull(),
    polls: integer("polls").notNull(),
    createdAt: instant("created_at").notNull(),
    undoneAt: instant("undone_at"),
  },
  (table) => [index("poll_removals_store").on(table.storeKey, table.id)],
);

/** Removed polls, while they can be restored. */
export const removedPolls = pgTable(
  "removed_polls",
  {
    removalId: bigint("removal_id", { mode: "number" })
      .notNull()
      .references(() => pollRemovals.id, { onDelete: "cascade" }),
    storeKey: integer("store_key").notNull(),
    at: instant("at").notNull(),
    active: boolean("active").notNull(),
    /** Whether the instant was in `poll_conflicts`. */
    conflicting: boolean("conflicting").notNull(),
  },
  (table) => [
    primaryKey({ name: "removed_polls_pk", columns: [table.removalId, table.at] }),
    index("removed_polls_poll").on(table.storeKey, table.at),
  ],
);
