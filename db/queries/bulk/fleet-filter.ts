import type { PendingQuery, Row } from "postgres";
import type { Db, Sql } from "@/db/client";
import { readRows } from "@/db/rows";
import { fleetRows } from "@/db/schema/fleet-rows";
import { among } from "@/db/store-set";
import type { StoreState } from "@/lib/uptime/store-state";
import type { ListedState } from "./fleet-rows";

/** Selects the stores of a snapshot that match all conditions that are not null; retired ones only by their state. */
export interface FleetFilter {
  /** Keys of the stores that may be listed; null: all. */
  readonly stores: readonly number[] | null;
  /** Part of an id or a name, in any case. */
  readonly text: string | null;
  readonly state: ListedState | null;
  readonly brand: string | null;
  readonly group: string | null;
  /** The zone as it was given: stores without one match none. */
  readonly timeZone: string | null;
  readonly tag: string | null;
  /**
   * `needs_attention`: stores that are offline, or whose day's uptime ratio is below `uptimeBelow`; `on_track`: stores
   * for which neither is true.
   */
  readonly preset: { readonly name: "needs_attention" | "on_track"; readonly uptimeBelow: number } | null;
}

/** Whether retired stores match too, without being asked for by their state. */
export type Those = "listed" | "retired too";

export type Fragment = PendingQuery<Row[]>;

const { storeId, storeKey } = fleetRows;

/** States in order of urgency, the most urgent first; paused and retired stores have no place in it. */
const states: readonly StoreState[] = ["offline", "no_recent_check", "online", "closed"];

/** A state's position in that order, from 1, or null: this must be exactly the expression of the index `fleet_rows_state`. */
export const stateRank = (sql: Sql): Fragment =>
  sql`array_position(array['offline', 'no_recent_check', 'online', 'closed'], f.state)`;

/** Whether a filter excludes no store. */
export function isEveryStore(filter: FleetFilter): boolean {
  return Object.values(filter).every((one) => one === null);
}

export const isListed = (sql: Sql): Fragment => sql`f.state <> 'retired'`;

/** The conditions on `fleet_rows as f`. */
export function whereRows(sql: Sql, { stores, state, preset }: FleetFilter, those: Those = "listed"): Fragment {
  const is = (one: ListedState) =>
    one === "paused" || one === "retired"
      ? sql`${stateRank(sql)} is null and f.state = ${one}`
      : sql`${stateRank(sql)} = ${states.indexOf(one) + 1}`;
  const ofPreset =
    preset === null
      ? sql``
      : preset.name === "needs_attention"
        ? sql`and (${is("offline")} or f.uptime_day < ${preset.uptimeBelow})`
        : sql`and f.state in ('online', 'closed') and (f.uptime_day is null or f.uptime_day >= ${preset.uptimeBelow})`;
  return sql`
    ${stores === null ? sql`` : sql`and ${among(sql, sql`f.store_key`, stores)}`}
    ${state !== null ? sql`and ${is(state)}` : those === "listed" ? sql`and ${isListed(sql)}` : sql``} ${ofPreset}`;
}

/**
 * Matches stores whose id or name contains the text, in any case. The searched text is folded once, not for every
 * store.
 * @param expected the selectivity for the planner. LIKE takes three quarters of the time, but the planner expects few
 *   matches, and would sort them instead of reading an index until a page is full.
 */
function contains(sql: Sql, text: string, expected: "few" | "many"): Fragment {
  const folded = (what: string) => sql`(select lower(${what}::text collate "und-x-icu") collate "C")`;
  if (expected === "many") return sql`strpos(s.search_text, ${folded(text)}) > 0`;
  return sql`s.search_text like ${folded(`%${text.replace(/[\\%_]/g, "\\$&")}%`)}`;
}

/** The conditions on `stores as s`. */
export function whereStores(
  sql: Sql,
  { text, brand, group, tag, timeZone }: FleetFilter,
  expected: "few" | "many",
): Fragment {
  return sql`
    ${text === null ? sql`` : sql`and ${contains(sql, text, expected)}`}
    ${brand === null ? sql`` : sql`and s.brand = ${brand}`}
    ${group === null ? sql`` : sql`and s.group_name = ${group}`}
    ${tag === null ? sql`` : sql`and s.tags @> array[${tag}]::text[]`}
    ${timeZone === null ? sql`` : sql`and s.time_zone = ${timeZone}`}`;
}

/**
 * The rows of a snapshot that match, as what follows `from`: `fleet_rows as f` with conditions. There is no join:
 * conditions on stores are evaluated on `stores`, and the matches are looked up in the key of the snapshot's rows.
 */
export function matchingRows(sql: Sql, reportId: number, filter: FleetFilter, those: Those = "listed"): Fragment {
  const ofStores = [filter.text, filter.brand, filter.group, filter.tag, filter.timeZone].every((one) => one === null)
    ? sql``
    : sql`and f.store_key = any(array(select s.store_key from stores as s where true ${whereStores(sql, filter, "few")}))`;
  return sql`fleet_rows as f where f.report_id = ${reportId} ${whereRows(sql, filter, those)} ${ofStores}`;
}

/** The ids of the stores of a snapshot that match, in their order; at most `most` of them. */
export async function listMatchingIds(
  { sql }: Db,
  reportId: number,
  filter: FleetFilter,
  most: number,
): Promise<readonly string[]> {
  const rows = await readRows(
    sql`select f.store_id from ${matchingRows(sql, reportId, filter)} order by f.store_id limit ${most}`,
    { storeId },
  );
  return rows.map((row) => row.storeId);
}

/** The keys of the stores of a snapshot that match. */
export async function listMatchingKeys({ sql }: Db, reportId: number, filter: FleetFilter): Promise<readonly number[]> {
  const rows = await readRows(sql`select f.store_key from ${matchingRows(sql, reportId, filter)} order by 1`, {
    storeKey,
  });
  return rows.map((row) => row.storeKey);
}
