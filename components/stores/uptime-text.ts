import type { Estimate } from "@/lib/contract/uptime";
import { checksText, fewestForPercent, outcomeText } from "@/lib/format/checks";
import { formatOpenTime } from "@/lib/format/duration";
import { formatChange, formatPercent, formatPercentRange, type Decimals } from "@/lib/format/percent";
import type { WindowName } from "@/lib/uptime/types";

export const windowText: Record<WindowName, string> = {
  hour: "Last hour",
  day: "Last 24 hours",
  week: "Last 7 days",
};

export interface UptimeText {
  /** What is read first. */
  readonly headline: string;
  /** Small text beside the headline; empty where there is nothing to add. */
  readonly beside: string;
  /** How far the figure can be trusted. */
  readonly trust: readonly string[];
}

/** Bounds wider than this leave no meaning to a decimal. */
const widestForDecimals = 0.1;

/** The decimals that an estimate's percentages have: one, or none where its bounds are wider than ten points. */
function decimalsOf({ up_ms: up, down_ms: down, up_lowest_ms: low, up_highest_ms: high }: Estimate): Decimals {
  const known = up + down;
  return known > 0 && (high - low) / known > widestForDecimals ? 0 : 1;
}

/** The uptime of an estimate: "97.4%", "53%", or an em dash. */
export function estimateText(estimate: Estimate): string {
  return formatPercent(estimate.uptime_ratio, decimalsOf(estimate));
}

function trustIn(estimate: Estimate): readonly string[] {
  const known = estimate.up_ms + estimate.down_ms;
  const lines: string[] = [];
  if (estimate.up_lowest_ms < estimate.up_highest_ms) {
    const [low, high] = [estimate.up_lowest_ms / known, estimate.up_highest_ms / known];
    lines.push(`Possible range ${formatPercentRange(low, high, decimalsOf(estimate))}`);
  }
  lines.push(estimate.coverage === 1 ? "Fully monitored" : `${formatPercent(estimate.coverage, 0)} monitored`);
  return lines;
}

/**
 * A window's estimate in words. One or two checks make no percentage, so there the outcome is named; in the last hour,
 * which rests on few checks, the outcome comes first.
 */
export function uptimeText(window: WindowName, estimate: Estimate): UptimeText {
  if (estimate.open_ms === 0) return { headline: "Closed", beside: "", trust: ["Not open in this period"] };
  if (estimate.uptime_ratio === null) {
    return { headline: "No data", beside: "", trust: [`Open ${formatOpenTime(estimate.open_ms)}, not monitored`] };
  }
  const outcome = outcomeText(estimate.up_ms, estimate.down_ms);
  // A check before the window may be the nearest to all of it.
  const checks = estimate.polls === 0 ? "an earlier check" : checksText(estimate.polls);
  const trust = trustIn(estimate);
  if (estimate.polls < fewestForPercent) return { headline: outcome, beside: `based on ${checks}`, trust };
  const percent = estimateText(estimate);
  return window === "hour"
    ? { headline: outcome, beside: `${percent} uptime, ${checks}`, trust }
    : { headline: percent, beside: `uptime, ${checks}`, trust };
}

/** How an estimate differs from another, of which both have enough checks: "+1.2 pts", "No change", or nothing. */
export function changeBetween(estimate: Estimate, previous: Estimate | null): string {
  const [ratio, before] = [estimate.uptime_ratio, previous?.uptime_ratio ?? null];
  if (previous === null || ratio === null || before === null) return "";
  if (Math.min(estimate.polls, previous.polls) < fewestForPercent) return "";
  const change = formatChange(ratio, before, Math.min(decimalsOf(estimate), decimalsOf(previous)) === 0 ? 0 : 1);
  return change === null ? "No change" : `${change} vs the period before`;
}

const beforeText: Record<WindowName, string> = {
  hour: "previous hour",
  day: "previous 24 hours",
  week: "previous 7 days",
};

/**
 * A window beside the one before it: "+1.2 pts vs previous 7 days (97.1%)", "Previous hour: down" where either rests on
 * one or two checks; empty where either has no data.
 */
export function changeText(window: WindowName, estimate: Estimate, previous: Estimate | null): string {
  const { uptime_ratio: ratio } = estimate;
  const before = previous?.uptime_ratio ?? null;
  if (previous === null || ratio === null || before === null) return "";
  const name = beforeText[window];
  if (Math.min(estimate.polls, previous.polls) < fewestForPercent) {
    const outcome = outcomeText(previous.up_ms, previous.down_ms).toLowerCase();
    return `${name.charAt(0).toUpperCase()}${name.slice(1)}: ${outcome}`;
  }
  const decimals = Math.min(decimalsOf(estimate), decimalsOf(previous)) === 0 ? 0 : 1;
  const change = formatChange(ratio, before, decimals);
  return change === null ? `Same as ${name}` : `${change} vs ${name} (${formatPercent(before, decimals)})`;
}
