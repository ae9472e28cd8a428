import { sql } from "drizzle-orm";
import { bigint, boolean, check, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./columns";

/**
 * One row: the time zone rules that figures were last computed with. A worker compares its own with them at its start,
 * so that a change is recorded once, whichever replica starts first.
 */
export const zoneRules = pgTable(
  "zone_rules",
  {
    only: boolean("only").primaryKey().default(true),
    /** Such as `2026f`. */
    release: text("release").notNull(),
    /** The span of the fingerprints: offsets in `[span_start, span_end)`. */
    spanStart: instant("span_start").notNull(),
    spanEnd: instant("span_end").notNull(),
    /** By name of the zone, a hash of its offsets in the span. */
    fingerprints: jsonb("fingerprints").$type<Readonly<Record<string, string>>>().notNull(),
  },
  (table) => [check("zone_rules_only", sql`${table.only}`)],
);

/** Each change of the rules in use. */
export const zoneRuleChanges = pgTable("zone_rule_changes", {
  id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
  at: instant("at")
    .notNull()
    .default(sql`now()`),
  /** Null when figures were computed before releases were recorded. */
  fromRelease: text("from_release"),
  toRelease: text("to_release").notNull(),
  /** Names whose offsets differ in the span, aliases included, whether stores use them or not. */
  zones: text("zones").array().notNull(),
});
