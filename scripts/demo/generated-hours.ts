import type { SeededRandom } from "./seeded-random";

/** A row of an hours file. Times are `HH:MM:SS`, as files write them. */
export interface HoursRow {
  readonly day: number;
  readonly start: string;
  readonly end: string;
}

const opens = [
  ["00:00", 4],
  ["05:30", 1],
  ["06:00", 9],
  ["07:00", 6],
  ["08:00", 5],
  ["09:00", 3],
  ["10:00", 10],
  ["10:30", 4],
  ["11:00", 26],
  ["11:30", 3],
  ["12:00", 3],
  ["16:00", 2],
  ["17:00", 2],
] as const;

const closes = [
  ["14:00", 2],
  ["15:00", 3],
  ["19:00", 4],
  ["20:00", 6],
  ["20:30", 5],
  ["21:00", 11],
  ["21:30", 7],
  ["22:00", 12],
  ["22:30", 4],
  ["23:00", 9],
  ["23:30", 3],
] as const;

const nightCloses = [
  ["00:30", 1],
  ["01:00", 5],
  ["02:00", 5],
  ["03:00", 2],
] as const;

/**
 * Weekly hours as restaurants have them: an eighth never close, a quarter closes after midnight (written as one row, or
 * as two that meet there), some close in the afternoon, one in five closes on some day.
 * @param oneRowNights share of the nights over midnight that are one row; the public data has none
 */
export function generateHours(random: SeededRandom, oneRowNights: number): readonly HoursRow[] {
  const days = [0, 1, 2, 3, 4, 5, 6];
  if (random.chance(0.13)) {
    const end = random.weighted([
      ["23:59:59", 5],
      ["23:59:00", 4],
      ["24:00:00", oneRowNights],
    ]);
    return days.map((day) => ({ day, start: "00:00:00", end }));
  }
  const start = `${random.weighted(opens)}:00`;
  const close = `${later(start, random.weighted(closes))}:00`;
  const night = random.chance(0.24) ? `${random.weighted(nightCloses)}:00` : null;
  const oneRow = random.chance(oneRowNights);
  const onlyWeekendNights = random.chance(0.4);
  const pause = random.chance(0.05) && start < "12:00:00" && close > "20:00:00";
  const closedDays = random.chance(0.81) ? 0 : random.chance(0.75) ? 1 : 2;
  const firstClosed = random.pick([0, 0, 6, 6, 1]);
  const isClosed = (day: number): boolean => (day - firstClosed + 7) % 7 < closedDays;

  const rows: HoursRow[] = [];
  for (const day of days.filter((each) => !isClosed(each))) {
    const evening = pause ? "17:00:00" : start;
    if (pause) rows.push({ day, start, end: "14:30:00" });
    if (night === null || (onlyWeekendNights && day !== 4 && day !== 5)) rows.push({ day, start: evening, end: close });
    else if (oneRow && night < start) rows.push({ day, start: evening, end: night });
    else {
      rows.push({ day, start: evening, end: random.chance(0.5) ? "23:59:59" : "23:59:00" });
      if (start > "00:00:00") rows.push({ day: (day + 1) % 7, start: "00:00:00", end: night });
    }
  }
  return rows;
}

/** A closing time that leaves at least four hours. */
function later(start: string, close: string): string {
  const earliest = Number(start.slice(0, 2)) + 4;
  return Number(close.slice(0, 2)) >= earliest ? close : `${Math.min(earliest, 23).toString().padStart(2, "0")}:00`;
}

/** Returns whether a row covers a wall time, in seconds after Monday's midnight. */
export function openTest(rows: readonly HoursRow[]): (secondOfWeek: number) => boolean {
  const intervals = rows.map(({ day, start, end }) => {
    const lengthSeconds = seconds(end) - seconds(start) + (end > start ? 0 : 86_400);
    return { from: day * 86_400 + seconds(start), lengthSeconds };
  });
  return (secondOfWeek) =>
    intervals.some(({ from, lengthSeconds }) => (secondOfWeek - from + 604_800) % 604_800 < lengthSeconds);
}

function seconds(time: string): number {
  return Number(time.slice(0, 2)) * 3_600 + Number(time.slice(3, 5)) * 60 + Number(time.slice(6, 8));
}
