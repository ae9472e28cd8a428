import { bigint, integer, pgTable, primaryKey } from "drizzle-orm/pg-core";
import { bytea } from "./columns";
import { imports } from "./imports";

/** The bytes of a file that waits to be imported, in order, available to any worker. */
export const importChunks = pgTable(
  "import_chunks",
  {
    importId: bigint("import_id", { mode: "number" })
      .notNull()
      .references(() => imports.id, { onDelete: "cascade" }),
    seq: integer("seq").notNull(),
    bytes: bytea("bytes").notNull(),
  },
  (table) => [primaryKey({ name: "import_chunks_pk", columns: [table.importId, table.seq] })],
);
