import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbCase, hour } from "./arbitraries";
import { packPolls } from "./packed-polls";
import { pollCountFigures } from "./poll-count";
import { resolveTimeZone } from "./time-zone";
import type { Poll, Schedule } from "./types";

const phoenix = resolveTimeZone("America/Phoenix")!;
const wednesdays: Schedule = {
  timeZone: phoenix,
  weekly: [{ day: 2, startSecond: 9 * 3600, endSecond: 12 * 3600 }],
  exceptions: [],
};
/** Wednesday in Phoenix (UTC−7). */
const at = (time: string): number => Date.parse(`2023-01-25T${time}-07:00`);
const active = (time: string): Poll => ({ at: at(time), status: "active" });

describe("pollCountFigures", () => {
  it("includes both ends of the hours, to the whole second", () => {
    const polls = packPolls([active("08:59:59.999"), active("09:00:00"), active("12:00:00.999"), active("12:00:01")]);
    expect(pollCountFigures(wednesdays, polls, at("12:00:00.999"))).toEqual({
      hour: { uptime: 60, downtime: 0 },
      day: { uptime: 2, downtime: 0 },
      week: { uptime: 2, downtime: 0 },
    });
  });

  it("counts nothing when its local time is outside the hours of all dates considered", () => {
    const polls = packPolls([active("09:00:00"), active("10:00:00")]);
    const nothing = { uptime: 0, downtime: 0 };
    expect(pollCountFigures(wednesdays, polls, at("12:00:01"))).toEqual({ hour: nothing, day: nothing, week: nothing });
  });

  it("applies the first poll of the hour to all of it", () => {
    const polls = packPolls([{ at: at("10:00:00"), status: "inactive" }, active("10:30:00")]);
    expect(pollCountFigures(wednesdays, polls, at("10:59:00")).hour).toEqual({ uptime: 0, downtime: 60 });
    expect(pollCountFigures(wednesdays, polls, at("11:00:00") + 1).hour).toEqual({ uptime: 60, downtime: 0 });
  });

  it("never counts a poll twice or more polls than there are", () => {
    fc.assert(
      fc.property(arbCase, ({ schedule, polls, asOf }) => {
        const packed = packPolls(polls);
        const { day, week } = pollCountFigures(schedule, packed, asOf);
        const within = packed.at.filter((one) => one >= asOf - 168 * hour && one <= asOf).length;
        expect(week.uptime + week.downtime).toBeLessThanOrEqual(within);
        expect(day.uptime + day.downtime).toBeLessThanOrEqual(within);
        if (schedule.weekly === "always" && schedule.exceptions.length === 0) {
          expect(week.uptime + week.downtime).toBe(within);
        }
      }),
    );
  });
});
