import { principalText } from "@/components/access/principal-text";
import { stateText } from "@/components/stores/state-text";
import type { Report } from "@/lib/contract/reports";
import { formatPercent, noFigure } from "@/lib/format/percent";
import { formatDuration } from "@/lib/format/duration";

export const presetText = { needs_attention: "Needs attention", on_track: "Healthy" } as const;

/** Its state. A report that was cancelled is not shown as failed. */
export type ShownState = Report["state"] | "cancelled";

export function shownState({ state, failure }: Pick<Report, "state" | "failure">): ShownState {
  return failure?.code === "cancelled" ? "cancelled" : state;
}

export const reportStateText: Record<ShownState, string> = {
  queued: "Queued",
  running: "Running",
  complete: "Complete",
  failed: "Failed",
  cancelled: "Cancelled",
};

/** Why a report failed; null where it did not, or where its state says all. */
export function failureText(report: Pick<Report, "state" | "failure">): string | null {
  return shownState(report) === "failed" ? (report.failure?.reason ?? null) : null;
}

/** Who asked for it. */
export function requesterText({ requested_by: { account, name } }: Report): string {
  return account === "open" ? "Anyone" : principalText({ principal: account, name });
}

export function rowsText({ state, progress }: Report): string {
  return state === "complete" ? progress.stores_done.toLocaleString("en-US") : noFigure;
}

export const methodText: Record<Report["method"], string> = {
  interpolated: "Interpolated",
  poll_count: "Poll count",
};

type ReportFilter = NonNullable<Report["filter"]>;

/** A filter in words: "brand Taco Town, now offline". */
function filterText({ q = "", state, preset, brand, group, tag, time_zone: zone }: ReportFilter): string {
  const parts = [
    q !== "" && `“${q}”`,
    brand !== undefined && `brand ${brand}`,
    group !== undefined && `group ${group}`,
    tag !== undefined && `tag ${tag}`,
    zone !== undefined && `time zone ${zone}`,
    state !== undefined && stateText[state].toLowerCase(),
    preset !== undefined && presetText[preset].toLowerCase(),
  ];
  return parts.filter((part) => part !== false).join(", ");
}

/** What a report is about: "Whole fleet", "12 stores: brand Taco Town". */
export function scopeText({ scope, store_id: storeId, filter, progress }: Report): string {
  if (scope === "fleet") return "Whole fleet";
  if (scope === "store") return storeId === null ? "One store" : `Store ${storeId}`;
  const { stores_total: total } = progress;
  const what = filter === null ? "Selected stores" : "Stores";
  const stores = total === null ? what : total === 1 ? "1 store" : `${total.toLocaleString("en-US")} stores`;
  return filter === null ? stores : `${stores}: ${filterText(filter)}`;
}

/** 0 to 1; null while the number of stores is not known. */
export function progressRatio({ state, progress }: Report): number | null {
  if (state === "complete") return 1;
  const { stores_done: done, stores_total: total } = progress;
  return total === null || total === 0 ? null : Math.min(1, done / total);
}

function waitingText(before: number): string {
  if (before === 0) return "Next in queue";
  return `Queued, ${before.toLocaleString("en-US")} ${before === 1 ? "report" : "reports"} ahead`;
}

export function progressText(report: Report): string {
  const { stores_done: done, stores_total: total, queued_before: before, seconds_left: left } = report.progress;
  if (report.state === "queued") return waitingText(before ?? 0);
  if (total === null) return "Starting";
  const stores = total === 1 ? "store" : "stores";
  const ending = left === null ? "" : `, about ${formatDuration(Math.max(1, left) * 1000)} left`;
  return `${done.toLocaleString("en-US")} of ${total.toLocaleString("en-US")} ${stores}${ending}`;
}

const announcedSteps = 4;

/** What is read aloud as a report goes on: its state, and while it runs every quarter, not every store. */
export function announcement(report: Report): string {
  switch (report.state) {
    case "queued":
      return "The report is queued.";
    case "running": {
      const quarters = Math.floor((progressRatio(report) ?? 0) * announcedSteps);
      return quarters === 0
        ? "The report is running."
        : `The report is ${String((quarters * 100) / announcedSteps)}% done.`;
    }
    case "complete":
      return "The report is complete.";
    case "failed":
      return report.failure?.code === "cancelled" ? "The report was cancelled." : "The report failed.";
  }
}

/** How long a report took, or an em dash. */
export function tookText({ started_at: started, finished_at: finished }: Report): string {
  return started === null || finished === null
    ? noFigure
    : formatDuration(Math.max(0, Date.parse(finished) - Date.parse(started)));
}

/** "90% to under 95%"; of the last band, in which nothing was down: "100%". */
export function bandText(from: number, to: number | null): string {
  if (to === null) return formatPercent(from, 0);
  return from === 0 ? `Under ${formatPercent(to, 0)}` : `${formatPercent(from, 0)} to under ${formatPercent(to, 0)}`;
}

/** A command that fetches the report's CSV. */
export function curlCommand(origin: string, report: Report): string {
  return `curl -fsS -o report-${String(report.id)}.csv '${new URL(report.links.csv, origin).href}'`;
}
