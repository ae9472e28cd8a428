import { describe, expect, it } from "vitest";
import { day, hour, minute } from "./arbitraries";
import { openIntervals } from "./business-hours";
import { packPolls, pollsBetween } from "./packed-polls";
import { stateAt } from "./store-state";
import { resolveTimeZone } from "./time-zone";
import type { Poll, Schedule } from "./types";
import { defaultReachMs } from "./windows";

const phoenix = resolveTimeZone("America/Phoenix")!;
/** Every day from 09:00 to 17:00 in Phoenix: 16:00 to 24:00 UTC. */
const weekdays: Schedule = {
  timeZone: phoenix,
  weekly: ([0, 1, 2, 3, 4, 5, 6] as const).map((of) => ({ day: of, startSecond: 9 * 3600, endSecond: 17 * 3600 })),
  exceptions: [],
};
const at = (time: string): number => Date.parse(`2023-01-25T${time}Z`);
const poll = (time: string, status: Poll["status"]): Poll => ({ at: at(time), status });

function state(asOf: number, polls: readonly Poll[], schedule = weekdays) {
  const range = { start: asOf - 8 * day, end: asOf + 1 };
  return stateAt(
    openIntervals(schedule, range),
    pollsBetween(packPolls(polls), -Infinity, asOf),
    defaultReachMs,
    asOf,
    range,
  );
}

describe("stateAt", () => {
  it("is the newest poll's status, since the change midway between two polls", () => {
    const polls = [poll("16:30:00", "active"), poll("17:30:00", "inactive"), poll("18:30:00", "inactive")];
    expect(state(at("19:00:00"), polls)).toEqual({
      state: "offline",
      since: at("17:00:00"),
      lastPollAt: at("18:30:00"),
    });
    expect(state(at("16:40:00"), polls)).toEqual({
      state: "online",
      since: at("16:00:00"),
      lastPollAt: at("16:30:00"),
    });
  });

  it("is closed outside hours, since the last closing, for any polls", () => {
    expect(state(at("12:00:00"), [poll("11:00:00", "inactive")])).toEqual({
      state: "closed",
      since: at("00:00:00"),
      lastPollAt: at("11:00:00"),
    });
  });

  it("is unknown past the reach of the newest poll, and from a poll before the opening", () => {
    const polls = [poll("15:59:59", "active")];
    expect(state(at("16:10:00"), polls)).toMatchObject({ state: "no_recent_check", since: at("16:00:00") });
    const early = [poll("16:30:00", "active")];
    expect(state(at("17:45:00"), early)).toMatchObject({ state: "online" });
    expect(state(at("17:45:00") + 1, early)).toMatchObject({ state: "no_recent_check", since: at("17:45:00") });
  });

  it("is exact to the instant: open from the opening on, closed from the closing on", () => {
    expect(state(at("16:00:00"), [poll("16:00:00", "inactive")])).toMatchObject({ state: "offline" });
    expect(state(at("16:00:00") - 1, [])).toMatchObject({ state: "closed" });
    expect(state(Date.parse("2023-01-26T00:00:00Z"), [poll("23:30:00", "active")])).toMatchObject({ state: "closed" });
  });

  it("gives no start that is before the given range", () => {
    const always: Schedule = { ...weekdays, weekly: "always" };
    const hourly = Array.from({ length: 10 * 24 }, (_, back): Poll => ({
      at: at("12:00:00") - back * hour,
      status: "active",
    }));
    expect(state(at("12:10:00"), hourly, always)).toMatchObject({ state: "online", since: null });
    const oneDown = hourly.map((one, back): Poll => (back === 3 ? { ...one, status: "inactive" } : one));
    expect(state(at("12:10:00"), oneDown, always)).toMatchObject({
      state: "online",
      since: at("09:00:00") + 30 * minute,
    });
  });
});
