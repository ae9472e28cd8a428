import { expect, it } from "vitest";
import { defaultStyle } from "@/lib/format/time-style";
import { validityText, validityTitle, versionsOf } from "./hours-history-text";

it("lists all weekly hours, newest first, and leaves closed days to the days without rows", () => {
  const nine = [{ day: 0, start: "09:00:00", end: "17:00:00" }];
  const versions = versionsOf({
    ...{ store_id: "a", time_zone: null, valid_from: "2026-12-02" },
    business_hours: [...nine, { day: 1, closed: true }],
    earlier: [
      { valid_from: null, valid_before: "2026-11-03", business_hours: null },
      { valid_from: "2026-11-03", valid_before: "2026-12-02", business_hours: [{ day: 0, closed: true }] },
    ],
  });
  expect(versions.map((version) => [validityText(version, defaultStyle), version.rows])).toEqual([
    ["since Dec 2, 2026", nine],
    ["Nov 3, 2026 to Dec 1, 2026", []],
    ["until Nov 2, 2026", null],
  ]);
  expect(validityTitle({ validFrom: null, validBefore: "2026-11-03" }, defaultStyle)).toBe("Until Nov 2, 2026");
  expect(validityText({ validFrom: null, validBefore: null }, defaultStyle)).toBe("always");
});
