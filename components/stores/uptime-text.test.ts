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
  it("says closed, not 0%, of a window without opening time", () => {
    expect(uptimeText("hour", estimate(0, 0, 0, { polls: 0 })).headline).toBe("Closed");
  });

  it("says no data, not 100%, where no poll counts", () => {
    const words = uptimeText("day", estimate(0, 0, 90, { polls: 0 }));
    expect(words.headline).toBe("No data");
    expect(words.trust).toEqual(["Open 1 h 30 min, not monitored"]);
  });

  it.each([
    [60, 0, "Up"],
    [0, 60, "Down"],
    [47, 13, "Some downtime"],
  ])(
    "names what one or two checks found in %i min up and %i min down, without a percentage: %s",
    (up, down, headline) => {
      for (const window of ["hour", "day", "week"] as const) {
        const [one, two] = [1, 2].map((polls) => uptimeText(window, estimate(up, down, 0, { polls })));
        expect(one).toMatchObject({ headline, beside: "based on 1 check" });
        expect(two).toMatchObject({ headline, beside: "based on 2 checks" });
      }
    },
  );

  it("names the check before a window that has none of its own", () => {
    expect(uptimeText("hour", estimate(60, 0, 0, { polls: 0 })).beside).toBe("based on an earlier check");
  });

  it("puts the outcome of an hour before its percentage", () => {
    expect(uptimeText("hour", estimate(47, 13, 0, { polls: 12 }))).toMatchObject({
      headline: "Some downtime",
      beside: "78.3% uptime, 12 checks",
    });
  });

  it("puts the percentage of a longer window first, floored, with bounds and coverage", () => {
    const words = uptimeText(
      "week",
      estimate(199_999, 1, 0, { up_lowest_ms: 190_000 * minute, up_highest_ms: 200_000 * minute, polls: 24 }),
    );
    expect(words).toEqual({
      headline: "99.9%",
      beside: "uptime, 24 checks",
      trust: ["Possible range 95.0 to 100%", "Fully monitored"],
    });
  });

  it("has no decimals where the bounds are wider than ten points", () => {
    const wide = { up_lowest_ms: 117 * minute, up_highest_ms: 926 * minute, polls: 24 };
    expect(uptimeText("week", estimate(531, 469, 0, wide))).toMatchObject({
      headline: "53%",
      trust: ["Possible range 11 to 92%", "Fully monitored"],
    });
    const narrow = { ...wide, up_lowest_ms: 500 * minute, up_highest_ms: 600 * minute };
    expect(uptimeText("week", estimate(531, 469, 0, narrow))).toMatchObject({
      headline: "53.1%",
      trust: ["Possible range 50.0 to 60.0%", "Fully monitored"],
    });
  });

  it("never says that all was monitored when a minute was not", () => {
    expect(uptimeText("week", estimate(9_999, 0, 1)).trust).toEqual(["99% monitored"]);
  });
});

describe("changeText", () => {
  const many = { polls: 24 };

  it("compares with the window before, in points", () => {
    expect(changeText("week", estimate(90, 10, 0, many), estimate(80, 20, 0, many))).toBe(
      "+10.0 pts vs previous 7 days (80.0%)",
    );
    expect(changeText("day", estimate(90, 10, 0, many), estimate(90, 10, 5, many))).toBe("Same as previous 24 hours");
  });

  it("compares whole percents where the bounds of either are wider than ten points", () => {
    const wide = { ...many, up_lowest_ms: 50 * minute, up_highest_ms: 100 * minute };
    expect(changeText("week", estimate(90, 10, 0, many), estimate(80, 20, 0, wide))).toBe(
      "+10 pts vs previous 7 days (80%)",
    );
  });

  it("names what one or two checks found before, without points", () => {
    expect(changeText("hour", estimate(60, 0, 0), estimate(0, 60, 0, many))).toBe("Previous hour: down");
    expect(changeText("hour", estimate(60, 0, 0, many), estimate(30, 30, 0))).toBe("Previous hour: some downtime");
  });

  it("says nothing where either has no data", () => {
    expect(changeText("week", estimate(90, 10, 0), null)).toBe("");
    expect(changeText("week", estimate(0, 0, 90), estimate(80, 20, 0))).toBe("");
  });
});
