import { segmentState, walkSegments } from "./segments";
import type { EpochMs, Interval, PackedPolls, UptimeState } from "./types";

/** A stretch of a window in which one thing holds: a state inside business hours, or that the store is closed. */
export interface Stretch extends Interval {
  readonly state: UptimeState | "closed";
}

const stateNames = {
  [segmentState.up]: "up",
  [segmentState.down]: "down",
  [segmentState.unknown]: "unknown",
} as const;

/**
 * A window as the stretches that a strip draws: ascending, without gaps, neighbours always unlike; those that are not
 * closed sum to the window's figures to the millisecond.
 * @param open, polls, reachMs as for `estimateUptime`
 */
export function stretchesOf(
  open: readonly Interval[],
  polls: PackedPolls,
  reachMs: number,
  window: Interval,
): readonly Stretch[] {
  const stretches: { start: EpochMs; end: EpochMs; state: Stretch["state"] }[] = [];
  const add = (start: EpochMs, end: EpochMs, state: Stretch["state"]): void => {
    const last = stretches.at(-1);
    if (last?.state === state) last.end = end;
    else stretches.push({ start, end, state });
  };
  let reached = window.start;
  walkSegments(open, polls, reachMs, window, (start, end, state) => {
    if (start > reached) add(reached, start, "closed");
    add(start, end, stateNames[state]);
    reached = end;
  });
  if (reached < window.end) add(reached, window.end, "closed");
  return stretches;
}
