import { expect, it } from "vitest";
import { formatDuration, formatOpenTime } from "./duration";
import { formatChange, formatPercent, formatPercentRange } from "./percent";

/** What a type holds back and a cast, JSON or a driver lets through. */
const none = [NaN, Infinity, -Infinity, undefined, "0.5"] as readonly unknown[] as readonly number[];

it.each([...none, null as unknown as number])("%s is no figure", (value) => {
  const formats = [
    () => formatDuration(value),
    () => formatOpenTime(value),
    () => formatPercentRange(value, 0.5),
    () => formatPercentRange(0.5, value),
    () => formatChange(value, 0.5),
    () => formatChange(0.5, value),
  ];
  for (const format of formats) expect(format).toThrow(RangeError);
});

it.each(none)("%s is no ratio", (value) => {
  for (const decimals of [0, 1] as const) expect(() => formatPercent(value, decimals)).toThrow(RangeError);
});
