import { describe, expect, it } from "vitest";
import type { StoreHours } from "@/lib/contract/store-hours";
import { changesOf, hoursToSend, toFields, type HoursFields } from "./hours-fields";

const today = "2023-01-25";
const night = [
  { day: 4, start: "20:00:00", end: "24:00:00" },
  { day: 5, start: "00:00:00", end: "02:00:00" },
];
const earlier = [{ valid_from: null, valid_before: "2022-12-01", business_hours: null }];
const stored: StoreHours = {
  ...{ store_id: "one", time_zone: "America/Denver", valid_from: "2022-12-01", business_hours: night, earlier },
};
const first: StoreHours = { ...stored, valid_from: null, earlier: [] };
const changed = (change: Partial<HoursFields>, of = stored) =>
  changesOf(of, { ...toFields(of, today), ...change }, today);

describe("the fields of hours", () => {
  it("keep the week and the date of an option that is not chosen", () => {
    const { week, date } = toFields(stored, today);
    expect(changed({ isAlways: true })).toEqual({ zone: false, hours: true });
    const always = { ...toFields(stored, today), isAlways: true, isFromStart: true };
    expect([always.week, always.date]).toEqual([week, date]);
    expect(hoursToSend(stored, always, { zone: false, hours: true })).toMatchObject({
      ...{ business_hours: null, valid_from: "beginning" },
    });
    expect(toFields({ ...first, business_hours: null }, today)).toMatchObject({
      ...{ isAlways: true, isFromStart: true, date: today },
    });
  });

  it("send the rows as they are stored where only the zone changes, so that no hours begin to apply", () => {
    const fields = { ...toFields(stored, today), zone: " America/Boise " };
    const changes = changesOf(stored, fields, today);
    expect(changes).toEqual({ zone: true, hours: false });
    const zone = { time_zone: "America/Boise", business_hours: night };
    expect(hoursToSend(stored, fields, changes)).toEqual({ ...zone, valid_from: "2022-12-01" });
    expect(hoursToSend(first, fields, changes)).toEqual({ ...zone, valid_from: "beginning" });
  });

  it("change nothing by a date alone, unless the hours are to apply from before they do", () => {
    const unchanged = { zone: false, hours: false };
    expect(["", "2022-12-01", "2023-01-26"].map((date) => changed({ date }))).toEqual([
      ...[unchanged, unchanged, unchanged],
    ]);
    expect(changed({ date: "2022-11-30" }).hours).toBe(true);
    expect(changed({ isFromStart: true }).hours).toBe(true);
    expect(changed({ isFromStart: true }, first)).toEqual(unchanged);
  });
});
