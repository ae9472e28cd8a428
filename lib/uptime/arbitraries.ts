import fc from "fast-check";
import { layHours } from "./business-hours";
import { resolveTimeZone } from "./time-zone";
import type { BusinessHours, DayHours, DayOfWeek, Poll, Schedule, ScheduleException, TimeZone } from "./types";

/** Random inputs of the domain, only for property tests. */

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

function zoneOf(name: string): TimeZone {
  const zone = resolveTimeZone(name);
  if (zone === null) throw new Error(`No such zone: ${name}`);
  return zone;
}

/** Zones that change their offset by an hour, by half an hour, at midnight, twice in a month, and never. */
export const arbTimeZone = fc
  .constantFrom(
    "America/Chicago",
    "America/New_York",
    "America/Phoenix",
    "America/St_Johns",
    "Asia/Beirut",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Europe/London",
  )
  .map(zoneOf);

/** A zone whose clocks never change. */
const arbSteadyZone = fc.constantFrom("America/Phoenix", "Asia/Kathmandu", "UTC").map(zoneOf);

const arbDayOfWeek: fc.Arbitrary<DayOfWeek> = fc.constantFrom(0, 1, 2, 3, 4, 5, 6);

export const arbDayHours: fc.Arbitrary<DayHours> = fc
  .tuple(fc.integer({ min: 0, max: 86_399 }), fc.integer({ min: 0, max: 86_400 }))
  .map(([start, end]) => layHours(start, end) ?? { startSecond: 0, endSecond: 86_400 });

const arbBusinessHours: fc.Arbitrary<BusinessHours> = fc
  .tuple(arbDayOfWeek, arbDayHours)
  .map(([dayOfRow, hours]) => ({ day: dayOfRow, ...hours }));

const arbWeekly: fc.Arbitrary<Schedule["weekly"]> = fc.oneof(
  fc.constant("always" as const),
  fc.array(arbBusinessHours, { minLength: 1, maxLength: 10 }),
);

/** As-of instants near the clock changes of 2023 and 2024, to the millisecond. */
export const arbAsOf = fc
  .tuple(
    fc.constantFrom("2023-01-25", "2023-03-13", "2023-03-27", "2023-04-24", "2023-10-30", "2023-11-06", "2024-03-01"),
    fc.integer({ min: -3 * day, max: 3 * day }),
  )
  .map(([date, shift]) => Date.parse(date) + shift);

const arbException = (asOf: number): fc.Arbitrary<ScheduleException> =>
  fc.record({
    date: fc.integer({ min: -8, max: 1 }).map((days) => new Date(asOf + days * day).toISOString().slice(0, 10)),
    hours: fc.array(arbDayHours, { maxLength: 2 }),
  });

const arbPolls = (from: number, to: number): fc.Arbitrary<Poll[]> =>
  fc.array(
    fc.record({
      at: fc.integer({ min: from, max: to }),
      status: fc.constantFrom("active" as const, "inactive" as const),
    }),
    { maxLength: 60 },
  );

/** Everything that the figures of one store depend on. */
export interface Case {
  readonly schedule: Schedule;
  readonly polls: readonly Poll[];
  readonly asOf: number;
  readonly reachMs: number;
}

const arbCaseIn = (zones: fc.Arbitrary<TimeZone>): fc.Arbitrary<Case> =>
  arbAsOf.chain((asOf) =>
    fc.record({
      schedule: fc.record({
        timeZone: zones,
        weekly: arbWeekly,
        exceptions: fc.uniqueArray(arbException(asOf), { maxLength: 2, selector: ({ date }) => date }),
      }),
      polls: arbPolls(asOf - 9 * day, asOf + hour),
      asOf: fc.constant(asOf),
      reachMs: fc.constantFrom(1, 30 * minute, 75 * minute, 2 * day),
    }),
  );

export const arbCase = arbCaseIn(arbTimeZone);

/** A case whose clocks never change and without exceptions: the same at any time of the year. */
export const arbSteadyCase = arbCaseIn(arbSteadyZone).map((one) => ({
  ...one,
  schedule: { ...one.schedule, exceptions: [] },
}));
