import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { testDb } from "@/db/testing/test-db";
import { openIntervals } from "@/lib/uptime/business-hours";
import { estimateWindows } from "@/lib/uptime/estimate";
import { packPolls } from "@/lib/uptime/packed-polls";
import { pollCountFigures } from "@/lib/uptime/poll-count";
import type { BusinessHours, DayOfWeek, Poll } from "@/lib/uptime/types";
import { defaultReachMs, windowMs } from "@/lib/uptime/windows";
import { computeReport } from "./compute-report";
import { estimatesOf, pollCountsOf } from "./figures";
import { toSchedule } from "./prepare-schedule";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const asOf = Date.UTC(2023, 2, 14, 15, 17, 9, 123);
const weekStart = asOf - windowMs.week;

interface FakeStore {
  readonly timeZone: string | null;
  readonly weekly: readonly BusinessHours[];
  readonly exceptions: readonly { date: string; hours: readonly { startSecond: number; endSecond: number }[] }[];
  readonly polls: readonly Poll[];
}

const arbWeekly = fc.oneof(
  { weight: 2, arbitrary: fc.constant<BusinessHours[]>([]) },
  {
    weight: 1,
    // Hours that cover the whole week, so that an opening never ends.
    arbitrary: fc.constant(([0, 1, 2, 3, 4, 5, 6] as const).map((day) => ({ day, startSecond: 0, endSecond: 86_400 }))),
  },
  {
    weight: 2,
    arbitrary: fc
      .uniqueArray(
        fc.record({
          day: fc.constantFrom<DayOfWeek>(0, 1, 2, 3, 4, 5, 6),
          startSecond: fc.integer({ min: 0, max: 86_399 }),
          length: fc.integer({ min: 1, max: 86_400 }),
        }),
        { maxLength: 10, selector: ({ day, startSecond }) => `${day} ${startSecond}` },
      )
      .map((rows) =>
        rows.map(({ day, startSecond, length }) => ({ day, startSecond, endSecond: startSecond + length })),
      ),
  },
);

// Instants at and around the edges of the windows and of what is read, and long before.
const arbAt = fc.oneof(
  fc.integer({ min: weekStart, max: asOf + 2 * hourMs }),
  fc.integer({ min: weekStart - 2 * dayMs, max: weekStart + dayMs }),
  fc.integer({ min: weekStart - 60 * dayMs, max: weekStart - dayMs }),
  fc.constantFrom(weekStart, weekStart - dayMs, weekStart - dayMs - 1, asOf, asOf - dayMs, asOf - hourMs),
);

const arbStore: fc.Arbitrary<FakeStore> = fc.record({
  timeZone: fc.constantFrom(null, "America/Chicago", "America/New_York", "Asia/Kathmandu"),
  weekly: arbWeekly,
  exceptions: fc.uniqueArray(
    fc.record({
      date: fc.constantFrom("2023-03-12", "2023-03-08", "2023-03-06", "2023-02-20"),
      hours: fc.constantFrom([], [{ startSecond: 3600, endSecond: 90_000 }]),
    }),
    { maxLength: 2, selector: ({ date }) => date },
  ),
  polls: fc.uniqueArray(fc.record({ at: arbAt, status: fc.constantFrom("active" as const, "inactive" as const) }), {
    maxLength: 25,
    selector: ({ at }) => at,
  }),
});

const database = testDb();

async function load(fleet: readonly FakeStore[]): Promise<string[]> {
  const { sql } = database();
  await sql`truncate stores, polls, business_hours, schedule_exceptions restart identity cascade`;
  await sql`create table if not exists polls_all partition of polls default`;
  const ids = fleet.map((_store, index) => `${index % 2 === 0 ? "z" : "A"}-${index}`);
  for (const [index, store] of fleet.entries()) {
    const [row] = await sql<{ store_key: number }[]>`
      insert into stores (store_id, time_zone) values (${ids[index] ?? ""}, ${store.timeZone}) returning store_key`;
    const store_key = row?.store_key ?? 0;
    const hours = store.weekly.map(({ day, startSecond, endSecond }) => {
      return { store_key, day, start_second: startSecond, end_second: endSecond };
    });
    if (hours.length > 0) await sql`insert into business_hours ${sql(hours)}`;
    const exceptions = store.exceptions.flatMap(({ date, hours }) =>
      (hours.length === 0 ? [{ startSecond: 0, endSecond: 0 }] : hours).map(({ startSecond, endSecond }) => {
        return { store_key, local_date: date, start_second: startSecond, end_second: endSecond };
      }),
    );
    if (exceptions.length > 0) await sql`insert into schedule_exceptions ${sql(exceptions)}`;
    const polls = store.polls.map(({ at, status }) => {
      return { store_key, at: new Date(at).toISOString(), active: status === "active" };
    });
    if (polls.length > 0) await sql`insert into polls ${sql(polls)}`;
  }
  return ids;
}

/** From all of a store's polls and all of its time, without any range. */
function expected({ timeZone, weekly, exceptions, polls }: FakeStore) {
  const schedule = toSchedule({ timeZone, weekly: weekly.length === 0 ? null : weekly, exceptions });
  const packed = packPolls(polls.filter(({ at }) => at <= asOf));
  const start = Math.min(weekStart, ...packed.at) - dayMs;
  const open = openIntervals(schedule, { start, end: asOf + 1 });
  return {
    interpolated: estimateWindows(open, packed, defaultReachMs, asOf),
    pollCount: pollCountFigures(schedule, packed, asOf),
  };
}

describe("a report computed from the stream", () => {
  it("gives for every store what its raw rows give, whatever is before the range", async () => {
    const fleets = fc.array(arbStore, { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fleets, fc.integer({ min: 1, max: 4 }), async (fleet, storesPerBatch) => {
        const ids = await load(fleet);
        const interpolated = await computeReport(
          database(),
          { storeKeys: null, method: "interpolated", asOf },
          { storesPerBatch },
        );
        const counted = await computeReport(
          database(),
          { storeKeys: null, method: "poll_count", asOf },
          { storesPerBatch },
        );
        expect(interpolated.storeIds).toEqual([...ids].sort());
        fleet.forEach((store, index) => {
          const row = interpolated.storeIds.indexOf(ids[index] ?? "");
          const want = expected(store);
          expect(estimatesOf(interpolated.figures.subarray(row * 21, (row + 1) * 21))).toEqual(want.interpolated);
          expect(pollCountsOf(counted.figures.subarray(row * 6, (row + 1) * 6))).toEqual(want.pollCount);
        });
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  it("makes time ambiguous by a poll long before the week when it differs, and only then", async () => {
    const before = weekStart - 40 * dayMs;
    const first = weekStart + 5 * hourMs;
    const polls = (status: Poll["status"], at = before): Poll[] => [
      { at, status },
      { at: first, status: "active" },
    ];
    const round = { timeZone: null, weekly: [], exceptions: [] };
    const interrupted = { ...round, exceptions: [{ date: "2023-02-20", hours: [] }] };
    await load([
      { ...round, polls: polls("inactive") },
      { ...round, polls: polls("active") },
      { ...interrupted, polls: polls("inactive") },
      { ...round, polls: [...polls("inactive"), { at: before + dayMs, status: "active" }] },
    ]);
    const { storeIds, figures } = await computeReport(database(), {
      storeKeys: null,
      method: "interpolated",
      asOf,
    });
    const ambiguousMs = (id: string): number => {
      const row = storeIds.indexOf(id);
      const { upMs, upLowestMs } = estimatesOf(figures.subarray(row * 21, (row + 1) * 21)).week;
      return upMs - upLowestMs;
    };
    expect(["z-0", "A-1", "z-2", "A-3"].map(ambiguousMs)).toEqual([defaultReachMs, 0, 0, 0]);
  });

  it("covers only the requested stores", async () => {
    await load([1, 2, 3].map(() => ({ timeZone: null, weekly: [], exceptions: [], polls: [] })));
    const report = await computeReport(database(), { storeKeys: [1, 3], method: "interpolated", asOf });
    expect(report.storeIds).toEqual(["z-0", "z-2"]);
  });

  it("leaves its connection usable when it is ended in the middle", async () => {
    await load([{ timeZone: null, weekly: [], exceptions: [], polls: [{ at: asOf, status: "active" }] }]);
    const { sql } = database();
    for (let time = 0; time < 12; time++) {
      const ended = computeReport(
        database(),
        { storeKeys: null, method: "interpolated", asOf },
        { signal: AbortSignal.abort(new Error("told to stop")) },
      );
      await expect(ended).rejects.toThrow("told to stop");
    }
    expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
  });
});

describe("the gaps in which no store was polled", () => {
  const store = (polls: readonly number[]): FakeStore => ({
    timeZone: null,
    weekly: [],
    exceptions: [],
    polls: polls.map((hoursAgo) => ({ at: asOf - hoursAgo * hourMs, status: "active" })),
  });
  const gapsOf = async (polls: readonly number[]): Promise<readonly (readonly [number, number])[]> => {
    await load([store(polls), store([])]);
    const { week } = await computeReport(
      database(),
      { storeKeys: null, method: "interpolated", asOf },
      { withStates: true },
    );
    return (week?.pollGaps ?? []).map(({ start, end }) => [(asOf - start) / hourMs, (asOf - end) / hourMs] as const);
  };

  it("do not include the time before the first poll of all", async () => {
    expect(await gapsOf([30, 29, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0])).toEqual([[29, 10]]);
    expect(await gapsOf([])).toEqual([]);
  });

  it("include the start of the week when there were polls before it", async () => {
    const [first] = await gapsOf([24 * 20, 1, 0]);
    expect(first).toEqual([24 * 8, 1]);
  });
});
