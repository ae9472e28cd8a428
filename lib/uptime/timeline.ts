import { clip } from "./interval";
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
  for (const opening of clip(open, window)) {
    if (opening.start > reached) add(reached, opening.start, "closed");
    reached = opening.end;
  }
  const closings = stretches.splice(0);
  if (reached < window.end) closings.push({ start: reached, end: window.end, state: "closed" });

  let closing = 0;
  walkSegments(open, polls, reachMs, window, (start, end, state) => {
    while (closing < closings.length && closings[closing]!.end <= start) stretches.push(closings[closing++]!);
    add(start, end, stateNames[state]);
  });
  stretches.push(...closings.slice(closing));
  return stretches;
}
