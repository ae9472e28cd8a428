import { pollCountFigures } from "@/lib/uptime/poll-count";
import type { WindowEstimator } from "@/lib/uptime/estimate";
import type {
  EpochMs,
  Method,
  PackedPolls,
  PerWindow,
  PollCount,
  UptimeEstimate,
  WindowName,
} from "@/lib/uptime/types";
import { windowNames } from "@/lib/uptime/windows";
import type { PreparedSchedule } from "./prepare-schedule";

/** Numbers per store in `report_rows.figures`; the interpolated method has seven per window. */
export const figureCount: Readonly<Record<Method, number>> = { interpolated: 21, poll_count: 6 };

const figuresPerWindow = 7;

/**
 * Computes one store's figures into `out` at `start`.
 * @param polls at or before `asOf`   @param estimator of `asOf`, reused for all stores
 */
export function writeFigures(
  out: Int32Array,
  start: number,
  method: Method,
  { schedule, open }: PreparedSchedule,
  polls: PackedPolls,
  asOf: EpochMs,
  estimator: WindowEstimator,
): void {
  let next = start;
  if (method === "poll_count") {
    const counts = pollCountFigures(schedule, polls, asOf);
    for (const name of windowNames) {
      out[next++] = counts[name].uptime;
      out[next++] = counts[name].downtime;
    }
    return;
  }
  const estimates = estimator.estimate(open, polls);
  for (const name of windowNames) {
    const { openMs, upMs, downMs, unknownMs, upLowestMs, upHighestMs, polls: count } = estimates[name];
    out[next++] = openMs;
    out[next++] = upMs;
    out[next++] = downMs;
    out[next++] = unknownMs;
    out[next++] = upLowestMs;
    out[next++] = upHighestMs;
    out[next++] = count;
  }
}

function estimateFrom(figures: ArrayLike<number>, start: number): UptimeEstimate {
  return {
    openMs: figures[start]!,
    upMs: figures[start + 1]!,
    downMs: figures[start + 2]!,
    unknownMs: figures[start + 3]!,
    upLowestMs: figures[start + 4]!,
    upHighestMs: figures[start + 5]!,
    polls: figures[start + 6]!,
  };
}

function requireCount(figures: ArrayLike<number>, method: Method): void {
  if (figures.length < figureCount[method]) throw new Error(`Only ${String(figures.length)} figures.`);
}

/** Decodes 21 figures into estimates. */
export function estimatesOf(figures: ArrayLike<number>): PerWindow<UptimeEstimate> {
  requireCount(figures, "interpolated");
  return {
    hour: estimateFrom(figures, 0),
    day: estimateFrom(figures, figuresPerWindow),
    week: estimateFrom(figures, 2 * figuresPerWindow),
  };
}

/** Decodes 6 figures into poll counts. */
export function pollCountsOf(figures: ArrayLike<number>): PerWindow<PollCount> {
  requireCount(figures, "poll_count");
  return {
    hour: { uptime: figures[0]!, downtime: figures[1]! },
    day: { uptime: figures[2]!, downtime: figures[3]! },
    week: { uptime: figures[4]!, downtime: figures[5]! },
  };
}

/** Minutes (of the hour) or hours (of day and week) in hundredths, rounded half up from whole ms. */
export function hundredthsOf(name: WindowName, ms: number): number {
  return Math.round(ms / (name === "hour" ? 600 : 36_000));
}
