import fc from "fast-check";
import { expect, it } from "vitest";
import { testDb } from "@/db/testing/test-db";
import { openViewer } from "@/lib/server/access/viewer";
import { openIntervals } from "@/lib/uptime/business-hours";
import { estimateUptime } from "@/lib/uptime/estimate";
import { findBoundedIncidents } from "@/lib/uptime/incidents";
import { packPolls } from "@/lib/uptime/packed-polls";
import type { BusinessHours, Poll } from "@/lib/uptime/types";
import { defaultReachMs } from "@/lib/uptime/windows";
import type { RequestedRange } from "@/db/queries/bulk/store-window";
import { toSchedule } from "@/lib/server/figures/prepare-schedule";
import { listIncidents } from "./list-incidents";
import { resolveRange } from "./range";
import { computeRange } from "./store-range";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const asOf = Date.UTC(2023, 2, 14, 15, 17, 9, 123);
const window = { start: asOf - 30 * dayMs, end: asOf - 27 * dayMs };

const arbWeekly = fc.constantFrom<readonly BusinessHours[]>(
  [],
  ([0, 1, 2, 3, 4, 5, 6] as const).map((day) => ({ day, startSecond: 0, endSecond: 86_400 })),
  ([0, 2, 4, 5] as const).map((day) => ({ day, startSecond: 64_800, endSecond: 100_000 })),
);
// In the window, at its edges and those of what is read around it, and far away on both sides.
const arbAt = fc.oneof(
  fc.integer({ min: window.start - 2 * dayMs, max: window.end + 2 * dayMs }),
  fc.integer({ min: window.start - 60 * dayMs, max: asOf }),
  fc.constantFrom(window.start, window.end, window.start - dayMs, window.end + dayMs, window.end + dayMs + 1, asOf),
);
const arbPolls: fc.Arbitrary<Poll[]> = fc.uniqueArray(
  fc.record({ at: arbAt, status: fc.constantFrom("active" as const, "inactive" as const) }),
  { maxLength: 12, selector: ({ at }) => at },
);

// Ranges given by their edges, by length only, as of an instant before the newest poll, and with the same length
// before.
const arbAsked: fc.Arbitrary<RequestedRange> = fc.record({
  asOf: fc.constantFrom(null, window.end, window.end - 3_600_001, window.end + dayMs / 2),
  from: fc.constantFrom(window.start, null),
  to: fc.constantFrom(window.end, null),
  lengthMs: fc.constantFrom(3 * dayMs, 40 * dayMs),
  longestMs: fc.constant(400 * dayMs),
  lengths: fc.constantFrom(1, 2),
});

const database = testDb();

it("reads of any range what its figures and incidents would be with every poll available", async () => {
  const { sql } = database();
  await sql`create table polls_all partition of polls default`;
  await sql`update fleet_state set newest_poll_at = ${new Date(asOf).toISOString()}`;
  await fc.assert(
    fc.asyncProperty(arbWeekly, arbPolls, arbAsked, async (weekly, polls, asked) => {
      await sql`truncate stores, polls, business_hours restart identity cascade`;
      await sql`insert into stores (store_id) values ('one')`;
      const hours = weekly.map(({ day, startSecond, endSecond }) => {
        return { store_key: 1, day, start_second: startSecond, end_second: endSecond };
      });
      if (hours.length > 0) await sql`insert into business_hours ${sql(hours)}`;
      const rows = polls.map(({ at, status }) => {
        return { store_key: 1, at: new Date(at).toISOString(), active: status === "active" };
      });
      if (rows.length > 0) await sql`insert into polls ${sql(rows)}`;

      const schedule = toSchedule({ timeZone: null, weekly: weekly.length === 0 ? null : weekly, exceptions: [] });
      const every = packPolls(polls);
      const open = openIntervals(schedule, { start: window.start - 120 * dayMs, end: asOf + 1 });
      const request = resolveRange(asked, asOf);
      const span = await computeRange(database(), openViewer, "one", asked, function* (read) {
        yield;
        return read;
      });
      expect(span).toMatchObject(request);
      const upToAsOf = packPolls(polls.filter(({ at }) => at <= request.asOf));
      expect(estimateUptime(span.open, span.polls, defaultReachMs, request.window)).toEqual(
        estimateUptime(open, upToAsOf, defaultReachMs, request.window),
      );

      const iso = (at: number) => new Date(at).toISOString();
      const { incidents } = await listIncidents(database(), openViewer, "one", {
        from: iso(window.start),
        to: iso(window.end),
        limit: 500,
      });
      const want = findBoundedIncidents(open, every, defaultReachMs, asOf)
        .filter(({ start, end }) => start < window.end && end > window.start)
        .toReversed()
        .map((one) => ({
          start: iso(one.start),
          end: iso(one.end),
          down_ms: one.downMs,
          polls: one.polls,
          ongoing: one.ongoing,
          end_earliest: iso(one.endEarliest),
          end_latest: one.endLatest === null ? null : iso(one.endLatest),
        }));
      expect(incidents).toMatchObject(want);
    }),
    { numRuns: 150 },
  );
}, 60_000);
