import { sql } from "drizzle-orm";
import { bigint, index, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./columns";

/**
 * Who did what. Rows can only be added: a trigger rejects anything else. People are referred to by number, so that
 * deleting a person leaves none of their data in it.
 */
export const auditEntries = pgTable(
  "audit_entries",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    at: instant("at")
      .notNull()
      .default(sql`now()`),
    principal: text("principal").notNull(),
    action: text("action").notNull(),
    subject: text("subject").notNull(),
    address: text("address").notNull(),
  },
  (table) => [
    index("audit_entries_principal").on(table.principal, table.id),
    index("audit_entries_subject").on(table.subject, table.id),
  ],
);
