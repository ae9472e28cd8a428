import Holidays from "date-holidays";
import type { HolidayCountries } from "@/lib/contract/calendars";
import type { Holiday } from "@/lib/uptime/holiday-dates";

/** A place with public holidays, and the years wanted. */
export interface HolidayQuestion {
  readonly country: string;
  readonly state: string | null;
  readonly region: string | null;
  readonly firstYear: number;
  readonly lastYear: number;
}

/** Whether the names of a place are of one that the library knows. */
function isKnown({ country, state, region }: HolidayQuestion): boolean {
  const holidays = new Holidays();
  const has = (names: Readonly<Record<string, string>> | undefined, name: string): boolean =>
    Object.hasOwn(names ?? {}, name);
  return (
    has(holidays.getCountries(), country) &&
    (state === null || has(holidays.getStates(country), state)) &&
    (region === null || (state !== null && has(holidays.getRegions(country, state), region)))
  );
}

/**
 * The holidays of a place that start in the years, ascending; null for an unknown place. Loading this module takes a second and 30 MB: call it
 * in a thread of its own, by `askHolidays`.
 */
export function readHolidays(question: HolidayQuestion): readonly Holiday[] | null {
  if (!isKnown(question)) return null;
  const { country, state, region, firstYear, lastYear } = question;
  // In UTC the library gives the wall times of holidays as instants, whatever the zone of a store.
  const source = new Holidays(country, state ?? "", region ?? "", { timezone: "UTC" });
  const found: Holiday[] = [];
  for (let year = firstYear; year <= lastYear; year++) {
    for (const { name, type, start, end, substitute } of source.getHolidays(year, "en")) {
      found.push({ name, type, start: start.getTime(), end: end.getTime(), isSubstitute: substitute === true });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

const byName = <T extends { readonly name: string }>(places: readonly T[]): T[] =>
  places.toSorted((a, b) => a.name.localeCompare(b.name, "en"));

/** Every place whose holidays are known. */
export function readPlaces(): HolidayCountries["countries"] {
  const source = new Holidays();
  const listed = (names: Readonly<Record<string, string>> | undefined) =>
    byName(Object.entries(names ?? {}).map(([code, name]) => ({ code, name })));
  return listed(source.getCountries("en")).map((country) => ({
    ...country,
    states: listed(source.getStates(country.code, "en")).map((state) => ({
      ...state,
      regions: listed(source.getRegions(country.code, state.code, "en")),
    })),
  }));
}
