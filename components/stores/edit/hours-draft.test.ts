import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openingsByDay } from "@/components/stores/week-openings";
import { endsNextDay, faultOf, spansOf, toDraft, toHours, type WeekDraft } from "./hours-draft";

const arbTime = fc
  .tuple(fc.nat(23), fc.nat(59))
  .map((parts) => parts.map((one) => String(one).padStart(2, "0")).join(":"));
const arbOpening = fc
  .record({ start: arbTime, end: arbTime })
  .filter(({ start, end }) => start !== end || end === "00:00");
const arbWeek: fc.Arbitrary<WeekDraft> = fc.array(fc.array(arbOpening, { maxLength: 1 }), {
  minLength: 7,
  maxLength: 7,
});

const today = "2023-01-25";
const store = { store_id: "one", time_zone: null, valid_from: null, earlier: [] };

describe("a draft of weekly hours", () => {
  it("is the same after it was sent and read again", () => {
    fc.assert(
      fc.property(arbWeek, (week) => {
        const sent = toHours({ zone: " ", week, from: today });
        const rows = (sent.business_hours ?? []).flatMap(({ day, start, end }) =>
          start === undefined || end === undefined ? [] : [{ day, start: `${start}:00`, end: `${end}:00` }],
        );
        expect(sent.time_zone).toBeNull();
        // A night that ends at midnight before an early opening is read as one with it.
        const openings = toDraft({ ...store, business_hours: sent.business_hours }, today).week ?? [];
        expect(openings.flat().length).toBe(openingsByDay(rows).flat().length);
        const covered = (draft: WeekDraft) =>
          draft.map((_, day) => spansOf(draft, day).reduce((sum, { width }) => sum + width, 0));
        covered(openings).forEach((share, day) => {
          expect(share).toBeCloseTo(covered(week)[day] ?? 0);
        });
      }),
    );
  });

  it("closes days without openings, and tells open round the clock from never open", () => {
    expect(toHours({ zone: "UTC", week: null, from: today })).toEqual({
      ...{ time_zone: "UTC", business_hours: null, valid_from: today },
    });
    const never = toHours({ zone: "", week: Array.from({ length: 7 }, () => []), from: today });
    expect(never.business_hours).toEqual(Array.from({ length: 7 }, (_, day) => ({ day, closed: true })));
    expect(toDraft({ ...store, business_hours: never.business_hours }, today).week).toEqual(
      Array.from({ length: 7 }, () => []),
    );
    expect(toDraft({ ...store, business_hours: null }, today).week).toBeNull();
  });

  it("has a night as one opening, whichever way it was written", () => {
    const night = [
      { day: 4, start: "20:00:00", end: "24:00:00" },
      { day: 5, start: "00:00:00", end: "02:00:00" },
      { day: 5, start: "12:00:00", end: "15:00:30" },
    ];
    const { week } = toDraft({ ...store, business_hours: night }, today);
    expect(week?.[4]).toEqual([{ start: "20:00", end: "02:00" }]);
    expect(week?.[5]).toEqual([{ start: "12:00", end: "15:00:30" }]);
    expect(endsNextDay({ start: "20:00", end: "02:00" })).toBe(true);
    expect(endsNextDay({ start: "20:00", end: "00:00" })).toBe(false);
    expect(spansOf(week ?? [], 5)[0]).toEqual({ from: 0, width: 2 / 24 });
    expect(spansOf(week ?? [], 4)).toEqual([{ from: 20 / 24, width: 4 / 24 }]);
  });

  it("applies from today on, from the future date of the stored hours, or, as the first hours, from the beginning", () => {
    const rows = [{ day: 0, closed: true as const }];
    const fromOf = (stored: Partial<Parameters<typeof toDraft>[0]>) =>
      toDraft({ ...store, business_hours: rows, ...stored }, today).from;
    expect([fromOf({}), fromOf({ valid_from: "2022-12-01" }), fromOf({ valid_from: "2023-02-01" })]).toEqual([
      ...[today, today, "2023-02-01"],
    ]);
    expect(fromOf({ business_hours: null })).toBe("beginning");
    const earlier = [{ valid_from: null, valid_before: "2023-01-01", business_hours: rows }];
    expect(fromOf({ business_hours: null, earlier })).toBe(today);
  });

  it("says what is wrong with a day", () => {
    expect(faultOf([])).toBeNull();
    expect(faultOf([{ start: "00:00", end: "00:00" }])).toBeNull();
    expect(faultOf([{ start: "09:00", end: "" }])).toBe("Enter both times.");
    expect(faultOf([{ start: "09:00", end: "09:00" }])).toMatch(/^Opening and closing times are the same/);
    const two = [
      { start: "17:00", end: "01:00" },
      { start: "09:00", end: "12:00" },
    ];
    expect(faultOf(two)).toBeNull();
    expect(faultOf([...two, { start: "11:59", end: "13:00" }])).toBe("Two openings overlap.");
  });
});
