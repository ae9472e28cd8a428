import type { HolidayCountries } from "@/lib/contract/calendars";
import { dateText, type TimeStyle } from "@/lib/format/time-style";
import { toRow } from "@/components/stores/edit/hours-draft";
import { openingText, weekdayNames } from "@/components/stores/hours-text";
import { openingOf } from "@/components/stores/week-openings";
import type { EntryDraft, EntryEffect, EntryKind } from "./entry-draft";

/** From January on. */
export const monthNames = [
  ...["January", "February", "March", "April", "May", "June"],
  ...["July", "August", "September", "October", "November", "December"],
];

export const kindText: Record<EntryKind, string> = {
  date: "One date",
  range: "Date range",
  yearly: "Every year, on a date",
  weekday: "Every year, on a weekday",
  holidays: "Public holidays",
};

export const effectText: Record<EntryEffect, string> = {
  closed: "Closed all day",
  hours: "Open at these hours",
  part: "Closed for part of the day",
};

/** The occurrence in the month, by `week`. */
export const weekText: Readonly<Record<string, string>> = {
  "1": "First",
  "2": "Second",
  "3": "Third",
  "4": "Fourth",
  "5": "Fifth",
  "-1": "Last",
};

const dayOf = (date: string, style: TimeStyle): string => dateText("fullDate", new Date(`${date}T00:00:00Z`), style);

type Place = Pick<EntryDraft, "country" | "state" | "region">;

/** "Canada, British Columbia"; codes where the names are not known. */
function placeText({ country, state, region }: Place, countries: HolidayCountries["countries"]): string {
  const found = countries.find(({ code }) => code === country);
  const foundState = found?.states.find(({ code }) => code === state);
  const foundRegion = foundState?.regions.find(({ code }) => code === region);
  return [found?.name ?? country, foundState?.name ?? state, foundRegion?.name ?? region]
    .filter((name) => name !== "")
    .join(", ");
}

function whenText(entry: EntryDraft, style: TimeStyle): string {
  const { kind, from, to, month, day, week, weekday, plusDays, types, observed } = entry;
  const monthName = monthNames[month - 1] ?? "";
  switch (kind) {
    case "date":
      return from === "" ? "No date yet" : dayOf(from, style);
    case "range":
      return from === "" || to === "" ? "No dates yet" : `${dayOf(from, style)} to ${dayOf(to, style)}`;
    case "yearly":
      return `${monthName} ${String(day)} of every year`;
    case "weekday": {
      const on = `${weekText[String(week)] ?? ""} ${weekdayNames[weekday] ?? ""} of ${monthName}, every year`;
      if (plusDays === 0) return on;
      return `${plusDays === 1 ? "The day" : `${String(plusDays)} days`} after the ${on.charAt(0).toLowerCase()}${on.slice(1)}`;
    }
    case "holidays":
      return `Holidays (${types.join(", ")}${observed ? ", with observed days" : ""})`;
  }
}

function hoursText({ effect, openings }: EntryDraft, style: TimeStyle): string {
  if (effect === "closed") return "closed";
  const times = openings
    .filter(({ start, end }) => start !== "" && end !== "")
    .map((one) => openingText(openingOf(toRow(one)), style).replace(/^All/, "all"))
    .join(", ");
  return effect === "part" ? `closed ${times}` : `open ${times}`;
}

/** What an entry is called in the list: its name, or the place of its holidays. */
export function entryTitle(entry: EntryDraft, countries: HolidayCountries["countries"]): string {
  const name = entry.name.trim();
  if (name !== "") return name;
  if (entry.kind !== "holidays") return "New entry";
  return entry.country === "" ? "Public holidays" : `Public holidays of ${placeText(entry, countries)}`;
}

/** When an entry applies and what it does: "December 25 of every year: closed". */
export function entrySummary(entry: EntryDraft, style: TimeStyle): string {
  return `${whenText(entry, style)}: ${hoursText(entry, style)}`;
}
