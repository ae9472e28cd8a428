import { describe, expect, it } from "vitest";
import { datesOfHolidays, withObservedDays } from "@/lib/uptime/holiday-dates";
import { readHolidays, readPlaces, type HolidayQuestion } from "./holiday-source";

const hour = 3_600;
const closed = { hours: [] };

/** The holidays of a year in a place, as dates. @param types all when left out */
function datesIn(
  [country, state]: readonly [string, string?],
  year: number,
  { types, observed = false }: { readonly types?: readonly string[]; readonly observed?: boolean } = {},
) {
  const question: HolidayQuestion = {
    ...{ country, state: state ?? null, region: null },
    ...{ firstYear: year - 1, lastYear: year + 1 },
  };
  const all = readHolidays(question) ?? [];
  const wanted = (observed ? withObservedDays(all) : all).filter(({ type }) => types?.includes(type) ?? true);
  return datesOfHolidays(wanted, closed).filter(({ date }) => date.startsWith(String(year)));
}

const effectOn = (dates: ReturnType<typeof datesIn>, date: string) => dates.find((one) => one.date === date)?.effect;

describe("public holidays", () => {
  it("of Canada on a weekend are observed on the next weekday, each on one of its own", () => {
    const own = datesIn(["CA", "BC"], 2027, { types: ["public"] }).map(({ date }) => date);
    expect(own).toContain("2027-12-25");
    expect(own).not.toContain("2027-12-27");
    const observed = datesIn(["CA", "BC"], 2027, { types: ["public"], observed: true });
    expect(observed.find(({ date }) => date === "2027-12-27")?.name).toBe("Christmas Day (observed)");
    // In Ontario both Christmas Day and Boxing Day are public, and 2027 has them on Saturday and Sunday.
    const ontario = datesIn(["CA", "ON"], 2027, { types: ["public"], observed: true }).map(({ date }) => date);
    expect(ontario).toEqual(expect.arrayContaining(["2027-12-25", "2027-12-26", "2027-12-27", "2027-12-28"]));
    expect(ontario).not.toContain("2027-12-29");
    // 1 July 2028 is a Saturday, 1 January 2028 too.
    const next = datesIn(["CA", "BC"], 2028, { types: ["public"], observed: true }).map(({ date }) => date);
    expect(next).toEqual(expect.arrayContaining(["2028-01-01", "2028-01-03", "2028-07-01", "2028-07-03"]));
  });

  it.each([
    ["the US", ["US"], "2027-12-24"],
    ["England", ["GB", "ENG"], "2027-12-27"],
    ["New South Wales", ["AU", "NSW"], "2027-12-27"],
  ] as const)("of %s have observed days of their own, to which none of ours are added", (_name, place, own) => {
    const without = datesIn(place, 2027, { types: ["public"] });
    expect(without.map(({ date }) => date)).toEqual(expect.arrayContaining(["2027-12-25", own]));
    expect(datesIn(place, 2027, { types: ["public"], observed: true })).toEqual(without);
  });

  it("are only of the chosen types: 30 September is an observance in British Columbia", () => {
    const date = "2027-09-30";
    expect(effectOn(datesIn(["CA", "BC"], 2027, { types: ["observance"] }), date)).toEqual(closed);
    expect(effectOn(datesIn(["CA", "BC"], 2027, { types: ["public"] }), date)).toBeUndefined();
  });

  it("are dates, the same in every zone: Christmas in New York and in Quebec", () => {
    expect(effectOn(datesIn(["US", "NY"], 2026, { types: ["public"] }), "2026-12-25")).toEqual(closed);
    expect(effectOn(datesIn(["US", "NY"], 2026, { types: ["public"] }), "2026-12-24")).toBeUndefined();
    expect(effectOn(datesIn(["CA", "QC"], 2026, { types: ["public"] }), "2026-06-24")).toEqual(closed);
  });

  it.each(["DE", "AT"])("of %s close from 14:00 on 24 and 31 December, which are bank holidays", (country) => {
    const dates = datesIn([country], 2026, { types: ["bank"] });
    for (const date of ["2026-12-24", "2026-12-31"]) {
      expect(effectOn(dates, date)).toEqual({ closed: [{ startSecond: 14 * hour, endSecond: 24 * hour }] });
    }
    // On a Sunday they are whole days.
    expect(effectOn(datesIn([country], 2028, { types: ["bank"] }), "2028-12-24")).toEqual(closed);
  });

  it("from 18:00 to 18:00 close the evening before and the day until then", () => {
    const dates = datesIn(["IL"], 2027, { types: ["public"] });
    // Yom Kippur, alone between days that are not public.
    expect(effectOn(dates, "2027-10-10")).toEqual({ closed: [{ startSecond: 18 * hour, endSecond: 24 * hour }] });
    expect(effectOn(dates, "2027-10-11")).toEqual({ closed: [{ startSecond: 0, endSecond: 18 * hour }] });
    // Two days of Rosh Hashanah: the first one is closed until its midnight.
    expect(effectOn(dates, "2027-10-02")).toEqual(closed);
    expect(effectOn(dates, "2027-10-03")).toEqual({ closed: [{ startSecond: 0, endSecond: 18 * hour }] });
  });

  it("of several days are each of them: 18:00 on the eve to noon or 18:00 on the last", () => {
    const eid = datesIn(["TR"], 2027, { types: ["public"] });
    expect(effectOn(eid, "2027-03-08")).toEqual({ closed: [{ startSecond: 18 * hour, endSecond: 24 * hour }] });
    for (const date of ["2027-03-09", "2027-03-10", "2027-03-11"]) expect(effectOn(eid, date)).toEqual(closed);
    expect(effectOn(eid, "2027-03-12")).toEqual({ closed: [{ startSecond: 0, endSecond: 12 * hour }] });
  });

  it("of an unknown place are refused", () => {
    const years = { firstYear: 2026, lastYear: 2026 };
    for (const place of [
      { country: "XX", state: null, region: null },
      { country: "CA", state: "XX", region: null },
      { country: "DE", state: "BY", region: "XX" },
      { country: "constructor", state: null, region: null },
    ]) {
      expect(readHolidays({ ...place, ...years })).toBeNull();
    }
  });

  it("are known for the places that are listed", () => {
    const canada = readPlaces().find(({ code }) => code === "CA");
    expect(canada?.name).toBe("Canada");
    expect(canada?.states.map(({ code }) => code)).toContain("BC");
  });
});
