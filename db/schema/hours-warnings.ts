import { bigint, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant } from "./columns";
import { stores } from "./stores";

/** What an import of hours said about a store, until its hours are next set. */
export const hoursWarnings = pgTable(
  "hours_warnings",
  {
    storeKey: integer("store_key")
      .notNull()
      .references(() => stores.storeKey, { onDelete: "cascade" }),
    /** `kept_hours`: a row was rejected, so its hours stayed as they were; `shifted_days`: days outside 0 to 6 beside days inside. */
    code: text("code", { enum: ["kept_hours", "shifted_days"] }).notNull(),
    /** Null: an import by a command. */
    importId: bigint("import_id", { mode: "number" }),
    at: instant("at").notNull(),
  },
  (table) => [primaryKey({ name: "hours_warnings_pk", columns: [table.storeKey, table.code] })],
);
