import type { DayHours } from "./types";

/** Hours that touch or overlap, united; ascending. */
export function uniteHours(hours: readonly DayHours[]): readonly DayHours[] {
  const united: DayHours[] = [];
  for (const row of hours.toSorted((a, b) => a.startSecond - b.startSecond)) {
    const last = united.at(-1);
    if (last === undefined || row.startSecond > last.endSecond) united.push(row);
    else united[united.length - 1] = { ...last, endSecond: Math.max(last.endSecond, row.endSecond) };
  }
  return united;
}

/** What of a date's hours is left without a part: from–to in seconds after its midnight. */
export function cutHours(hours: readonly DayHours[], from: number, to: number): readonly DayHours[] {
  return hours.flatMap(({ startSecond, endSecond }) =>
    [
      { startSecond, endSecond: Math.min(endSecond, from) },
      { startSecond: Math.max(startSecond, to), endSecond },
    ].filter((part) => part.startSecond < part.endSecond),
  );
}
