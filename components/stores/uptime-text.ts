import type { Estimate } from "@/lib/contract/uptime";
import { formatOpenTime } from "@/lib/format/duration";
import { formatChange, formatPercent } from "@/lib/format/percent";
import type { WindowName } from "@/lib/uptime/types";

export const windowText: Record<WindowName, string> = {
  hour: "Last hour",
  day: "Last 24 hours",
  week: "Last 7 days",
};

export interface UptimeText {
  /** What is read first. */
  readonly headline: string;
  /** Stands small beside the headline; empty where there is nothing to add. */
  readonly beside: string;
  /** How much the figure can be trusted. */
  readonly trust: readonly string[];
}

function pollsWord(polls: number): string {
  return polls === 1 ? "1 check" : `${String(polls)} checks`;
}

function hourHeadline({ up_ms: up, down_ms: down }: Estimate): string {
  if (down === 0) return "Up";
  return up === 0 ? "Down" : "Some downtime";
}

function trustIn(estimate: Estimate): readonly string[] {
  const known = estimate.up_ms + estimate.down_ms;
  const lines: string[] = [];
  if (estimate.up_lowest_ms < estimate.up_highest_ms) {
    const lowest = formatPercent(estimate.up_lowest_ms / known);
    const highest = formatPercent(estimate.up_highest_ms / known);
    lines.push(`Between ${lowest} and ${highest}`);
  }
  lines.push(
    estimate.coverage === 1 ? "Fully monitored" : `${formatPercent(estimate.coverage, 0)} of opening time checked`,
  );
  return lines;
}

/**
 * A window's estimate in words. The last hour rests on one or two polls, so there the state comes first and the
 * percentage is never alone.
 */
export function uptimeText(window: WindowName, estimate: Estimate): UptimeText {
  if (estimate.open_ms === 0) return { headline: "Closed", beside: "", trust: ["No opening time in this window"] };
  if (estimate.uptime_ratio === null) {
    return { headline: "No data", beside: "", trust: [`No check speaks for its ${formatOpenTime(estimate.open_ms)}`] };
  }
  const percent = formatPercent(estimate.uptime_ratio);
  const polls = `from ${pollsWord(estimate.polls)}`;
  return window === "hour"
    ? { headline: hourHeadline(estimate), beside: `${percent} ${polls}`, trust: trustIn(estimate) }
    : { headline: percent, beside: `up, ${polls}`, trust: trustIn(estimate) };
}

const beforeText: Record<WindowName, string> = {
  hour: "the hour before",
  day: "the 24 hours before",
  week: "the 7 days before",
};

/** "+1.20 points on the 7 days before (97.10 %)"; empty where either of them says nothing. */
export function changeText(window: WindowName, { uptime_ratio: ratio }: Estimate, previous: Estimate | null): string {
  const before = previous?.uptime_ratio ?? null;
  if (ratio === null || before === null) return "";
  const change = formatChange(ratio, before);
  return change === null
    ? `As in ${beforeText[window]}`
    : `${change} on ${beforeText[window]} (${formatPercent(before)})`;
}
