import type { Db } from "@/db/client";
import { as, orNull, readRow } from "@/db/rows";
import { stores } from "@/db/schema/stores";
import { among, type StoreSet } from "@/db/store-set";
import type { EpochMs, PackedPolls, Poll } from "@/lib/uptime/types";
import { decodeCalendars } from "./calendar-codec";
import { packedCalendars, packedLayers, storeCalendars } from "./calendar-layers";
import { newestPoll } from "./fleet-state";
import { PollDecoder } from "./poll-stream";
import { packedHours, ScheduleDecoder, type GivenSchedule } from "./schedule-codec";
import { isStoreRow } from "@/db/queries/store-lifecycle";
import type { StoreRow } from "@/db/queries/stores";

const windowRow = {
  storeKey: stores.storeKey,
  storeId: stores.storeId,
  name: stores.name,
  brand: stores.brand,
  groupName: stores.groupName,
  address: stores.address,
  url: stores.url,
  tags: stores.tags,
  lifecycle: stores.lifecycle,
  lifecycleSince: stores.lifecycleSince,
  timeZone: stores.timeZone,
  newestAt: as.instant,
  first: as.instant,
  last: as.instant,
  count: as.number,
  polls: orNull(as.bytes),
  weekly: orNull(as.bytes),
  exceptions: orNull(as.bytes),
  earlierWeeks: orNull(as.bytes),
  layers: orNull(as.bytes),
  calendars: orNull(as.bytes),
  before: orNull(as.bytes),
  after: orNull(as.bytes),
};

/** The requested window of one store. Null values follow from the others and from the fleet's newest poll. */
export interface RequestedRange {
  /** Polls after it do not count. Null: the newest poll. */
  readonly asOf: EpochMs | null;
  /** Null: `lengthMs` before the end. */
  readonly from: EpochMs | null;
  /** Limited to the as-of instant. Null: that. */
  readonly to: EpochMs | null;
  readonly lengthMs: number;
  /** Of a longer range only this much is read: it will be rejected. */
  readonly longestMs: number;
  /** 2: also the range of the same length before it. */
  readonly lengths: 1 | 2;
}

/** One store and its polls around a range, as read by one statement. */
export interface StoreWindowData {
  readonly store: StoreRow;
  /**
   * Exceptions: those from the newest poll before the range to 11 days after it and after the as-of instant. Earlier
   * hours: those of the same days and later ones, and the newest change before them.
   */
  readonly given: GivenSchedule;
  /** The fleet's newest poll that is not ahead of the clock; before the first one the database's clock. */
  readonly newestAt: EpochMs;
  /**
   * Polls of the range and a margin on both sides, both ends included, none after the as-of instant. Null when there
   * are more than the maximum.
   */
  readonly polls: PackedPolls | null;
  /** The instants between which those are, both included. */
  readonly reading: { readonly from: EpochMs; readonly to: EpochMs };
  /** The newest poll before those. */
  readonly before: Poll | null;
  /** The oldest poll after those, up to the as-of instant. */
  readonly after: Poll | null;
}

/**
 * Number of days around the range for which a store's exceptions are read: a page looks ahead eight days for the next
 * opening, a date starts up to 14 hours earlier in UTC, and hours may extend into the next day.
 */
const exceptionMarginDays = 11;

const instantOrNull = (at: EpochMs | null): string | null => (at === null ? null : new Date(at).toISOString());

function decodePolls(packed: Buffer | null): PackedPolls {
  return new PollDecoder().decode(packed ?? Buffer.alloc(0), 0, packed?.length ?? 0);
}

function decodePoll(packed: Buffer | null): Poll | null {
  const { at, active } = decodePolls(packed);
  return at[0] === undefined ? null : { at: at[0], status: active[0] === 1 ? "active" : "inactive" };
}

/**
 * Reads all data for one store's pages in one statement: one round trip, and so one snapshot.
 * @param marginMs how far before and after the range polls are read
 * @param stores the stores that may be read
 * @param maxPolls the maximum number of polls; when there are more, none are read
 * @param now the clock's ms
 * @returns null if there is no such store
 */
export async function readStoreWindow(
  { sql }: Db,
  storeId: string,
  asked: RequestedRange,
  marginMs: number,
  stores: StoreSet,
  maxPolls: number,
  now: EpochMs = Date.now(),
): Promise<StoreWindowData | null> {
  const ms = (value: number) => sql`${value}::float8 * interval '1 millisecond'`;
  const firstDate = sql`(least(reading.first, earlier.at) at time zone 'UTC')::date - ${exceptionMarginDays}::int`;
  const lastDate = sql`(greatest(reading.last, bound.as_of) at time zone 'UTC')::date + ${exceptionMarginDays}::int`;
  const packed = sql`timestamptz_send(p.at) || boolsend(p.active)`;
  const row = await readRow(
    sql`
    select s.store_key, s.store_id, s.name, s.brand, s.group_name, s.address, s.url, s.tags, s.lifecycle, s.lifecycle_since,
      s.time_zone, fleet.newest_at,
      reading.first, reading.last, near.count, near.polls,
      (select ${sql.unsafe(packedHours.weekly)} from business_hours h where h.store_key = s.store_key) as weekly,
      (select ${sql.unsafe(packedHours.exceptions)} from schedule_exceptions e
        where e.store_key = s.store_key
          and e.local_date >= ${firstDate}
          and e.local_date <= ${lastDate}
      ) as exceptions,
      (select ${sql.unsafe(packedHours.earlier)} from earlier_hours h
        where h.store_key = s.store_key and h.valid_before >= coalesce((
          select max(old.valid_before) from earlier_hours old
          where old.store_key = s.store_key and old.valid_before <= ${firstDate}), '-infinity')
      ) as earlier_weeks,
      layers.packed as layers,
      (select ${sql.unsafe(packedCalendars)} from calendar_dates d
        where d.calendar_id = any(layers.calendar_ids) and d.local_date between ${firstDate} and ${lastDate}
      ) as calendars,
      earlier.poll as before,
      (select ${packed} from polls p
        where p.store_key = s.store_key and p.at > reading.last and p.at <= bound.as_of order by p.at limit 1) as after
    from stores s
    cross join (
      select coalesce(${newestPoll(sql, now)}, now()::timestamptz(3)) as newest_at from fleet_state limit 1) as fleet
    cross join lateral (select coalesce(${instantOrNull(asked.asOf)}::timestamptz, fleet.newest_at) as as_of) as bound
    cross join lateral (select coalesce(${instantOrNull(asked.to)}::timestamptz, bound.as_of) as "to") as given
    cross join lateral (
      select greatest(coalesce(${instantOrNull(asked.from)}::timestamptz, given."to" - ${ms(asked.lengthMs)}),
        given."to" - ${ms(asked.longestMs)}) as start, least(given."to", bound.as_of) as stop
    ) as span
    cross join lateral (
      select span.stop - ${asked.lengths}::int * (span.stop - span.start) - ${ms(marginMs)} as first,
        least(span.stop + ${ms(marginMs)}, bound.as_of) as last
    ) as reading
    left join lateral (
      select p.at, ${packed} as poll from polls p
      where p.store_key = s.store_key and p.at < reading.first order by p.at desc limit 1
    ) as earlier on true
    cross join lateral (
      select count(*)::int as count,
        case when count(*) <= ${maxPolls} then string_agg(${packed}, '' order by p.at) end as polls
      from (
        select p.at, p.active from polls p
        where p.store_key = s.store_key and p.at >= reading.first and p.at <= reading.last
        order by p.at limit ${maxPolls + 1}
      ) as p
    ) as near
    cross join lateral (
      select ${sql.unsafe(packedLayers)} as packed, array_agg(distinct calendar_id) as calendar_ids
      from (${sql.unsafe(storeCalendars("store_key = s.store_key"))}) as given
    ) as layers
    where s.store_id = ${storeId} and ${sql.unsafe(isStoreRow)} and ${among(sql, sql`s.store_key`, stores)}`,
    windowRow,
  );
  if (row === null) return null;
  const { storeKey, name, brand, groupName, address, url, tags, lifecycle, lifecycleSince, newestAt, first, last } =
    row;
  return {
    store: { storeKey, storeId: row.storeId, name, brand, groupName, address, url, tags, lifecycle, lifecycleSince },
    given: new ScheduleDecoder(decodeCalendars(row.calendars)).decode(
      row.timeZone,
      row.weekly,
      row.exceptions,
      row.earlierWeeks,
      row.layers,
    ),
    newestAt,
    polls: row.count > maxPolls ? null : decodePolls(row.polls),
    reading: { from: first, to: last },
    before: decodePoll(row.before),
    after: decodePoll(row.after),
  };
}
