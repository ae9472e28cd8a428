import type { Db } from "@/db/client";
import { untilCopyEnds } from "@/db/copy-streams/copy-reader";
import { instantText } from "@/db/instant-text";
import { isStoreRow } from "@/db/queries/store-lifecycle";
import type { EpochMs } from "@/lib/uptime/types";
import type { EarlierHoursKey } from "./earlier-hours";

/** What of stores is exported, in the columns of its import file. */
export type ExportKind = "hours" | "exceptions" | "polls";

/** Rows to export. */
export interface ExportSelection {
  /** Null: of all stores. */
  readonly storeKeys: readonly number[] | null;
  /** Polls from the first instant (included) to the second (excluded); null: without a bound. */
  readonly from: EpochMs | null;
  readonly to: EpochMs | null;
  /** The hours that apply at present of stores for which others are planned. */
  readonly beforePlanned: readonly EarlierHoursKey[];
}

/** `HH:MM:SS` of seconds; an end past midnight is a time of the next day. */
const timeOf = (second: string): string =>
  `to_char(make_interval(secs => case when ${second} > 86400 then ${second} - 86400 else ${second} end), 'HH24:MI:SS')`;
/** The row 0–0 closes its day. */
const start = `case when h.end_second = 0 then 'closed' else ${timeOf("h.start_second")} end as start_time_local`;
const end = `case when h.end_second = 0 then 'closed' else ${timeOf("h.end_second")} end as end_time_local`;

/** A number of `packedHours.weekly`, of four bytes. */
const int4 = (at: string): string =>
  [0, 1, 2, 3]
    .map((byte) => `(get_byte(e.hours, ${at} + ${byte.toFixed(0)}) << ${(24 - 8 * byte).toFixed(0)})`)
    .join(" | ");

/** Weekly hours that apply at present, as a table. */
function presentHours(beforePlanned: readonly EarlierHoursKey[]): string {
  if (beforePlanned.length === 0) return "business_hours";
  const keys = beforePlanned.map(({ storeKey }) => storeKey.toFixed(0)).join(",");
  const dates = beforePlanned.map(({ validBefore }) => validBefore).join(",");
  return `(
      select store_key, day::int, start_second, end_second from business_hours where not store_key = any('{${keys}}'::int[])
      union all
      select store_key, get_byte(e.hours, n + 1), ${int4("n + 2")}, ${int4("n + 6")}
      from unnest('{${keys}}'::int[], '{${dates}}'::date[]) as p (store_key, valid_before)
      join earlier_hours e using (store_key, valid_before)
      cross join lateral generate_series(0, length(e.hours) - 10, 10) n)`;
}

/**
 * COPY accepts no parameters; the text contains only our own numbers and instants. Of a poll with both statuses both are
 * exported, so that an import of them finds the same conflict.
 */
function selectRows(kind: ExportKind, { storeKeys, from, to, beforePlanned }: ExportSelection): string {
  const these =
    storeKeys === null ? "" : `and s.store_key = any('{${storeKeys.map((key) => key.toFixed(0)).join(",")}}'::int[])`;
  const which = `where ${isStoreRow} ${these}`;
  if (kind === "hours") {
    return `select s.store_id, h.day, ${start}, ${end} from stores s join ${presentHours(beforePlanned)} h using (store_key)
      ${which} order by s.store_id, h.day, h.start_second, h.end_second`;
  }
  if (kind === "exceptions") {
    return `select s.store_id, h.local_date as date, ${start}, ${end}
      from stores s join schedule_exceptions h using (store_key)
      ${which} order by s.store_id, h.local_date, h.start_second, h.end_second`;
  }
  const since = from === null ? "" : `and p.at >= '${instantText(from)}'`;
  const until = to === null ? "" : `and p.at < '${instantText(to)}'`;
  const instant = `to_char(p.at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS') || ' UTC' as timestamp_utc`;
  return `select s.store_id, p.status, ${instant} from stores s cross join lateral (
      select at, case when active then 'active' else 'inactive' end as status from polls p
      where p.store_key = s.store_key ${since} ${until}
      union all
      select at, 'active' from poll_conflicts p where p.store_key = s.store_key ${since} ${until}
    ) as p ${which} order by s.store_id, p.at, p.status`;
}

/**
 * Passes rows as CSV with a header to `take`, in chunks, and waits for it.
 * @param tx a transaction, which is over when `take` fails   @param cancel cancels its running statement
 * @throws what `take` throws, once the connection is free
 */
export async function exportRows(
  { sql }: Db,
  kind: ExportKind,
  selection: ExportSelection,
  take: (chunk: Buffer) => Promise<void>,
  cancel: () => Promise<void>,
): Promise<void> {
  const output = await sql.unsafe(`copy (${selectRows(kind, selection)}) to stdout (format csv, header)`).readable();
  const failures: unknown[] = [];
  const fail = (error: unknown): Promise<void> => {
    failures.push(error);
    // Without it the rest is read, and no one needs to know.
    return cancel().catch(() => undefined);
  };
  let taking = Promise.resolve();
  const ended = untilCopyEnds(output, (chunk) => {
    output.pause();
    taking = taking
      .then(() => (failures.length === 0 ? take(chunk).catch(fail) : undefined))
      .finally(() => output.resume());
  }).catch((error: unknown) => {
    failures.push(error);
  });
  await ended;
  await taking;
  // The first one: that the statement was cancelled follows from it.
  if (failures.length > 0) throw failures[0];
}
