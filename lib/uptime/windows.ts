import type { EpochMs, Interval, PerWindow, WindowName } from "./types";
import { hourMs } from "./units";

/** Exact elapsed time of each window in ms. */
export const windowMs: PerWindow<number> = { hour: hourMs, day: 24 * hourMs, week: 168 * hourMs };

export const windowNames: readonly WindowName[] = ["hour", "day", "week"];

/** Default reach: how far a poll decides the time around it: 75 minutes, in ms. */
export const defaultReachMs = 75 * 60_000;

/** How far ahead of our clock a poll may be and still count, in ms: clocks differ a little. */
export const clockToleranceMs = 5 * 60_000;

/** `[asOf − w, asOf)`. */
export function windowAt(asOf: EpochMs, name: WindowName): Interval {
  return { start: asOf - windowMs[name], end: asOf };
}
