import { describe, expect, it } from "vitest";
import type { Estimate } from "@/lib/contract/uptime";
import { changeText, uptimeText } from "./uptime-text";

const minute = 60_000;

function estimate(
  upMinutes: number,
  downMinutes: number,
  unknownMinutes: number,
  change: Partial<Estimate> = {},
): Estimate {
  const up = upMinutes * minute;
  const known = up + downMinutes * minute;
  const open = known + unknownMinutes * minute;
  return {
    open_ms: open,
    up_ms: up,
    down_ms: downMinutes * minute,
    unknown_ms: unknownMinutes * minute,
    up_lowest_ms: up,
    up_highest_ms: up,
    polls: 1,
    uptime_ratio: known === 0 ? null : up / known,
    coverage: open === 0 ? null : known / open,
    ...change,
  };
}

describe("uptimeText", () => {
  it("says closed, not 0 %, of a window without opening time", () => {
    expect(uptimeText("hour", estimate(0, 0, 0, { polls: 0 })).headline).toBe("Closed");
  });

  it("says no data, not 100 %, where no poll speaks", () => {
    const words = uptimeText("day", estimate(0, 0, 90, { polls: 0 }));
    expect(words.headline).toBe("No data");
    expect(words.trust).toEqual(["No check speaks for its 1 h 30 min"]);
  });

  it.each([
    [60, 0, "Up"],
    [0, 60, "Down"],
    [47, 13, "Some downtime"],
  ])("puts the state of an hour of %i up and %i down first: %s", (up, down, headline) => {
    const words = uptimeText("hour", estimate(up, down, 0, { polls: 2 }));
    expect(words.headline).toBe(headline);
    expect(words.beside).toMatch(/ % from 2 checks$/);
  });

  it("puts the percentage of a longer window first, floored, with bounds and coverage", () => {
    const words = uptimeText(
      "week",
      estimate(199_999, 1, 0, { up_lowest_ms: 190_000 * minute, up_highest_ms: 200_000 * minute, polls: 24 }),
    );
    expect(words).toEqual({
      headline: "99.99 %",
      beside: "up, from 24 checks",
      trust: ["Between 95.00 % and 100.00 %", "Fully monitored"],
    });
  });

  it("never says that all was checked when a minute was not", () => {
    expect(uptimeText("week", estimate(9_999, 0, 1)).trust).toEqual(["99 % of opening time checked"]);
  });
});

describe("changeText", () => {
  it("compares with the window before, in points", () => {
    expect(changeText("week", estimate(90, 10, 0), estimate(80, 20, 0))).toBe(
      "+10.00 points on the 7 days before (80.00 %)",
    );
    expect(changeText("day", estimate(90, 10, 0), estimate(90, 10, 5))).toBe("As in the 24 hours before");
  });

  it("says nothing where either of them knows nothing", () => {
    expect(changeText("week", estimate(90, 10, 0), null)).toBe("");
    expect(changeText("week", estimate(0, 0, 90), estimate(80, 20, 0))).toBe("");
  });
});
