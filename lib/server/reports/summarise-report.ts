import type { Database } from "@/db/client";
import { countByRatio, sumFigures, worstStores, type FigurePositions } from "@/db/queries/bulk/report-summary";
import type { ReportSummary, WindowTotal } from "@/lib/contract/report-summary";
import type { Viewer } from "@/lib/server/access/viewer";
import { AppError } from "@/lib/server/errors";
import type { Method, WindowName } from "@/lib/uptime/types";
import { windowNames } from "@/lib/uptime/windows";
import { figureCount } from "@/lib/server/figures/figures";
import { requireReport } from "./get-report";
import { isoInstant } from "@/lib/server/wire/instants";
import { hourMs } from "@/lib/uptime/units";

const bandEdges = [0, 0.5, 0.9, 0.95, 0.99, 1] as const;
const maxWorstStores = 10;

/** Where `figures.ts` writes a window's figures. */
function placesOf(method: Method, window: WindowName): FigurePositions {
  const index = windowNames.indexOf(window);
  if (method === "poll_count") return { up: 2 * index, down: 2 * index + 1, open: null };
  return { open: 7 * index, up: 7 * index + 1, down: 7 * index + 2 };
}

/** Ms per unit of the method's figures. */
function unitMs(method: Method, window: WindowName): number {
  if (method === "interpolated") return 1;
  return window === "hour" ? 60_000 : hourMs;
}

function ratioOf(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

function totalOf(method: Method, window: WindowName, sums: readonly number[]): WindowTotal {
  const { up, down, open } = placesOf(method, window);
  const ms = (place: number): number => (sums[place] ?? 0) * unitMs(method, window);
  const known = ms(up) + ms(down);
  return {
    up_ms: ms(up),
    down_ms: ms(down),
    unknown_ms: open === null ? null : ms(open) - known,
    uptime_ratio: ratioOf(ms(up), known),
    coverage: open === null ? null : ratioOf(known, ms(open)),
  };
}

/**
 * A summary of a complete report: its sums, the distribution of its stores, and the worst of them in one window.
 * @throws AppError report_not_found, report_not_ready, report_failed
 */
export async function summariseReport(
  database: Database,
  viewer: Viewer,
  id: number | null,
  window: WindowName,
): Promise<ReportSummary> {
  const report = await requireReport(database, viewer, id);
  if (report.state === "failed") {
    throw new AppError("report_failed", `The report failed: ${report.failureReason ?? ""}`);
  }
  if (report.state !== "complete") throw new AppError("report_not_ready", "The report is still being computed.");
  const { method } = report;
  const places = placesOf(method, window);
  const [sums, { counts, without }, worst] = await Promise.all([
    sumFigures(database, report.id, figureCount[method]),
    countByRatio(database, report.id, places, bandEdges),
    worstStores(database, report.id, places, maxWorstStores),
  ]);
  const unit = unitMs(method, window);
  return {
    report_id: report.id,
    method,
    as_of: isoInstant(report.asOf),
    tz_release: report.tzRelease,
    window,
    stores: report.storesDone,
    totals: {
      hour: totalOf(method, "hour", sums),
      day: totalOf(method, "day", sums),
      week: totalOf(method, "week", sums),
    },
    distribution: bandEdges.map((from, index) => ({
      from,
      to: bandEdges[index + 1] ?? null,
      stores: counts[index] ?? 0,
    })),
    without_ratio: without,
    worst: worst.map(({ storeId, name, ratio, up, down, open }) => ({
      store_id: storeId,
      name,
      uptime_ratio: ratio,
      up_ms: up * unit,
      down_ms: down * unit,
      coverage: open === null ? null : ratioOf(up + down, open),
    })),
  };
}
