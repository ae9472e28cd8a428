import { bigint, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { imports } from "./imports";

/** The first ten thousand rejected rows of an import, by line. */
export const importRejects = pgTable(
  "import_rejects",
  {
    importId: bigint("import_id", { mode: "number" })
      .notNull()
      .references(() => imports.id, { onDelete: "cascade" }),
    seq: integer("seq").notNull(),
    line: bigint("line", { mode: "number" }).notNull(),
    byteOffset: bigint("byte_offset", { mode: "number" }).notNull(),
    columnName: text("column_name").notNull(),
    code: text("code").notNull(),
    reason: text("reason").notNull(),
    /** Without NUL, which text cannot hold. */
    raw: text("raw").notNull(),
  },
  (table) => [primaryKey({ name: "import_rejects_pk", columns: [table.importId, table.seq] })],
);
