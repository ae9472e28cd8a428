import type { Database } from "@/db/client";
import { readFollowedCalendars } from "@/db/queries/bulk/calendar-layers";
import type { StoreRow } from "@/db/queries/stores";
import { lifecycles, type Lifecycle } from "@/lib/contract/enums";
import type { StoreDetail } from "@/lib/contract/stores";
import { readAs } from "@/lib/server/access/as-viewer";
import type { Viewer } from "@/lib/server/access/viewer";
import { isoInstant, isoOrNull } from "@/lib/server/wire/instants";
import { clockAround } from "@/lib/server/zones/zone-clock";
import { hasUnknownZone } from "@/lib/server/figures/prepare-schedule";
import { valueOn } from "@/lib/uptime/hours-history";
import { stateInSlices } from "@/lib/uptime/store-state";
import { localDateAt } from "@/lib/uptime/time-zone";
import { defaultReachMs } from "@/lib/uptime/windows";
import { findNextChange } from "./next-change";
import { computeWeek, type StoreWeek } from "./store-week";
import { hoursText } from "@/lib/server/wire/wall-time-text";

function lifecycleOf({ lifecycle }: StoreRow): Lifecycle {
  const known = lifecycles.find((one) => one === lifecycle);
  if (known === undefined) throw new Error("A deleted store was read.");
  return known;
}

/** A store, its hours, and its state as of the fleet's newest poll. @throws AppError store_not_found */
export async function getStore(
  database: Database,
  viewer: Viewer,
  storeId: string,
  signal?: AbortSignal,
): Promise<StoreDetail> {
  const compute = function* (read: StoreWeek) {
    const { open, polls, range } = read;
    return { week: read, found: yield* stateInSlices(open, polls, defaultReachMs, range.asOf, range.open) };
  };
  const { week, found } = await computeWeek(database, viewer, storeId, compute, signal);
  const { store, given, schedule, range, before } = week;
  const { state, since, lastPollAt } = found;
  const lastPoll = lastPollAt ?? before?.at ?? null;
  const today = localDateAt(schedule.timeZone, range.asOf);
  const hours = valueOn({ earlier: given.earlier, latest: given }, today);
  const isOpen = state !== "closed";
  const [next, followed] = await Promise.all([
    findNextChange(database, viewer, store.storeKey, schedule, range.asOf, isOpen),
    readAs(database, viewer, (db) => readFollowedCalendars(db, store.storeKey, today)),
  ]);
  return {
    store_id: store.storeId,
    name: store.name,
    brand: store.brand,
    group: store.groupName,
    tags: [...store.tags],
    lifecycle: lifecycleOf(store),
    lifecycle_since: isoOrNull(store.lifecycleSince),
    address: store.address,
    url: store.url,
    time_zone: schedule.timeZone,
    clock: clockAround(schedule.timeZone, [range.asOf, Date.now(), since, lastPoll]),
    time_zone_source: given.timeZone === null || hasUnknownZone(given) ? "assumed" : "given",
    hours_source: hours.weekly === null ? "assumed" : "given",
    business_hours: (hours.weekly ?? []).map((row) => ({ day: row.day, ...hoursText(row) })),
    closed_days: [...hours.closedDays],
    hours_valid_from: given.earlier.findLast(({ before }) => before <= today)?.before ?? null,
    hours_valid_before: given.earlier.find(({ before }) => before > today)?.before ?? null,
    calendars: followed.map(({ id, name, givenBy }) => ({ id, name, given_by: givenBy })),
    as_of: isoInstant(range.asOf),
    state,
    state_since: isoOrNull(since),
    last_poll_at: isoOrNull(lastPoll),
    opens_at: isoOrNull(next.opensAt),
    opens_not_before: isoOrNull(next.opensNotBefore),
    closes_at: isoOrNull(next.closesAt),
  };
}
