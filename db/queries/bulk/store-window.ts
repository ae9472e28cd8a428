import type { Db } from "@/db/client";
import { as, orNull, readRow } from "@/db/rows";
import { stores } from "@/db/schema/stores";
import { among, type StoreSet } from "@/db/store-set";
import type { EpochMs, PackedPolls, Poll } from "@/lib/uptime/types";
import { newestPoll } from "./fleet-state";
import { PollDecoder } from "./poll-stream";
import { packedHours, ScheduleDecoder, type GivenSchedule } from "./schedule-codec";
import type { StoreRow } from "@/db/queries/stores";

const windowRow = {
  storeKey: stores.storeKey,
  storeId: stores.storeId,
  name: stores.name,
  brand: stores.brand,
  groupName: stores.groupName,
  address: stores.address,
  url: stores.url,
  timeZone: stores.timeZone,
  newestAt: as.instant,
  first: as.instant,
  last: as.instant,
  count: as.number,
  polls: orNull(as.bytes),
  weekly: orNull(as.bytes),
  exceptions: orNull(as.bytes),
  before: orNull(as.bytes),
  after: orNull(as.bytes),
};

/** What is asked about, of one store. What is null follows from the rest and from the fleet's newest poll. */
export interface RequestedRange {
  /** After it no poll counts. Null: the newest poll. */
  readonly asOf: EpochMs | null;
  /** Null: `lengthMs` before the end. */
  readonly from: EpochMs | null;
  /** Cut at the as-of instant. Null: that. */
  readonly to: EpochMs | null;
  readonly lengthMs: number;
  /** Of a longer range only this much is read: it will be refused. */
  readonly longestMs: number;
  /** 2: as much before the range is asked about, too. */
  readonly lengths: 1 | 2;
}

/** One store and its polls around a span, as one statement saw them. */
export interface StoreWindowData {
  readonly store: StoreRow;
  /** Exceptions: those from the newest poll before the span to 11 days after it and after the as-of instant. */
  readonly given: GivenSchedule;
  /** The fleet's newest poll that is not ahead of the clock; before the first one the database's clock. */
  readonly newestAt: EpochMs;
  /**
   * Those of the span and a margin on both sides, both ends included, none after the as-of instant. Null where there are
   * more than were to be read.
   */
  readonly polls: PackedPolls | null;
  /** Between which instants those lie, both included. */
  readonly reading: { readonly from: EpochMs; readonly to: EpochMs };
  /** The newest poll before those. */
  readonly before: Poll | null;
  /** The oldest poll after those, up to the as-of instant. */
  readonly after: Poll | null;
}

/**
 * How many days around what is read the exceptions of a store are told: a page looks ahead eight days for the next
 * opening, a date begins up to 14 hours before it does in UTC, and hours may run into the day after theirs.
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
 * Reads all that one store's pages are computed from in one statement: one round trip, and so one snapshot.
 * @param marginMs how far before and after the span polls are read
 * @param stores among which it must be
 * @param maxPolls the most polls that are read; where there are more, none are
 * @param now the clock's ms
 * @returns null where there is no such store
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
  const packed = sql`timestamptz_send(p.at) || boolsend(p.active)`;
  const row = await readRow(
    sql`
    select s.store_key, s.store_id, s.name, s.brand, s.group_name, s.address, s.url, s.time_zone, fleet.newest_at,
      reading.first, reading.last, near.count, near.polls,
      (select ${sql.unsafe(packedHours.weekly)} from business_hours h where h.store_key = s.store_key) as weekly,
      (select ${sql.unsafe(packedHours.exceptions)} from schedule_exceptions e
        where e.store_key = s.store_key
          and e.local_date >= (least(reading.first, earlier.at) at time zone 'UTC')::date - ${exceptionMarginDays}::int
          and e.local_date <= (greatest(reading.last, bound.as_of) at time zone 'UTC')::date + ${exceptionMarginDays}::int
      ) as exceptions,
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
    where s.store_id = ${storeId} and ${among(sql, sql`s.store_key`, stores)}`,
    windowRow,
  );
  if (row === null) return null;
  const { storeKey, name, brand, groupName, address, url, newestAt, first, last } = row;
  return {
    store: { storeKey, storeId: row.storeId, name, brand, groupName, address, url },
    given: new ScheduleDecoder().decode(row.timeZone, row.weekly, row.exceptions),
    newestAt,
    polls: row.count > maxPolls ? null : decodePolls(row.polls),
    reading: { from: first, to: last },
    before: decodePoll(row.before),
    after: decodePoll(row.after),
  };
}
