import { bigint, integer, pgTable, primaryKey, timestamp } from "drizzle-orm/pg-core";
import { imports } from "./imports";

const instants = (name: string) =>
  timestamp(name, { precision: 3, withTimezone: true, mode: "string" }).array().notNull().default([]);

/**
 * What an import of polls changed, one row per store, for its undo. Separate from the polls, so that the hot table
 * stays narrow.
 */
export const importPollChanges = pgTable(
  "import_poll_changes",
  {
    importId: bigint("import_id", { mode: "number" })
      .notNull()
      .references(() => imports.id, { onDelete: "cascade" }),
    storeKey: integer("store_key").notNull(),
    /** Instants of the polls that were new. */
    added: instants("added"),
    /** Instants of the polls that changed from active to inactive. */
    overruled: instants("overruled"),
    /** Instants that were added to `poll_conflicts`. */
    noted: instants("noted"),
  },
  (table) => [primaryKey({ name: "import_poll_changes_pk", columns: [table.importId, table.storeKey] })],
);
