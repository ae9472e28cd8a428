import { bigint, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { imports } from "./imports";

/**
 * What an import of hours, special hours, time zones or names changed, for its undo. Values are those of `storeValues`;
 * null: there was none.
 */
export const importStoreChanges = pgTable(
  "import_store_changes",
  {
    importId: bigint("import_id", { mode: "number" })
      .notNull()
      .references(() => imports.id, { onDelete: "cascade" }),
    storeKey: integer("store_key").notNull(),
    /** What changed: `hours`, `time_zone`, a column of `stores`, or a date with special hours. */
    field: text("field").notNull(),
    before: jsonb("before"),
    after: jsonb("after"),
  },
  (table) => [primaryKey({ name: "import_store_changes_pk", columns: [table.importId, table.storeKey, table.field] })],
);
