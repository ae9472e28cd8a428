/** What a reader has chosen, in cookies, so that the server renders each page that way at once. */
export const choiceCookies = {
  /** "12" or "24"; else the language's. */
  clock: "clock",
  /** The language of dates, a BCP 47 tag; else the browser's. */
  dates: "dates",
  /** On whose clock times are: "store", "mine" or "UTC". */
  zone: "zone",
  /** The browser's own time zone. */
  ownZone: "own-zone",
  /** "compact"; else the rows of the list of stores are comfortable. */
  density: "fleet-density",
  /** The columns of the list of stores; else all. */
  columns: "fleet-columns",
} as const;

const yearSeconds = 365 * 24 * 3600;

/** Remembers a choice for a year. @param value empty: forgets it */
export function remember(cookie: string, value: string): void {
  const age = value === "" ? 0 : yearSeconds;
  document.cookie = `${cookie}=${encodeURIComponent(value)}; path=/; max-age=${String(age)}; samesite=lax`;
}

export type ClockChoice = "" | "12" | "24";

/** The language of dates and the clock that a reader has chosen; empty: the browser's. */
export interface TimeChoices {
  readonly clock: ClockChoice;
  readonly dates: string;
}

/** Languages that dates can be in, beside the browser's, each by its own name. */
export const dateLanguages: readonly (readonly [tag: string, name: string])[] = [
  ["en-US", "English (US)"],
  ["en-GB", "English (UK)"],
  ["de", "Deutsch"],
  ["es", "Español"],
  ["fr", "Français"],
  ["it", "Italiano"],
  ["nl", "Nederlands"],
  ["pl", "Polski"],
  ["pt-BR", "Português"],
  ["sv", "Svenska"],
  ["tr", "Türkçe"],
  ["ja", "日本語"],
  ["zh", "中文"],
];
