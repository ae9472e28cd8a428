/** A value that applied until a local date, `YYYY-MM-DD`, on which the next one starts to apply. */
export interface EarlierValue<T> {
  readonly before: string;
  readonly value: T;
}

/**
 * Values that apply one after the other: together they cover every date exactly once. The first one applies from the
 * beginning, the latest without end.
 */
export interface History<T> {
  /** Ascending by date, no two with the same. */
  readonly earlier: readonly EarlierValue<T>[];
  readonly latest: T;
}

/** The value that applies on a date. */
export function valueOn<T>({ earlier, latest }: History<T>, date: string): T {
  const found = earlier.find(({ before }) => date < before);
  return found === undefined ? latest : found.value;
}

/** The date before a date. */
function dayBefore(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

/**
 * Makes a value apply from a date on, without end; what applied before that date stays.
 * @param from null: from the beginning, which replaces the whole history
 */
export function replaceFrom<T>(
  history: History<T>,
  from: string | null,
  value: T,
  isSame: (one: T, other: T) => boolean,
): History<T> {
  if (from === null) return { earlier: [], latest: value };
  const before = valueOn(history, dayBefore(from));
  const kept = history.earlier.filter((one) => one.before < from);
  return { earlier: isSame(before, value) ? kept : [...kept, { before: from, value: before }], latest: value };
}

/**
 * Makes a value apply from a date on, until the next change after today; without such a change, without end. The changes
 * after today stay, and so does what applies from them on.
 * @param from not after today; null: from the beginning
 */
export function replaceUntilNextChange<T>(
  history: History<T>,
  from: string | null,
  today: string,
  value: T,
  isSame: (one: T, other: T) => boolean,
): History<T> {
  const { earlier, latest } = history;
  const present = earlier.findIndex(({ before }) => before > today);
  const last = earlier[present];
  if (last === undefined) return replaceFrom(history, from, value, isSame);
  const until = replaceFrom({ earlier: earlier.slice(0, present), latest: last.value }, from, value, isSame).earlier;
  const after = earlier.slice(present + 1);
  const next = after[0] === undefined ? latest : after[0].value;
  const change = isSame(value, next) ? [] : [{ before: last.before, value }];
  return { earlier: [...until, ...change, ...after], latest };
}
