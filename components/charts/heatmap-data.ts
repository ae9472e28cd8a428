import type { StoreHeatmap } from "@/lib/contract/store-history";
import { checksText, fewestForPercent, outcomeText } from "@/lib/format/checks";
import { formatOpenTime } from "@/lib/format/duration";
import { formatPercent } from "@/lib/format/percent";

export const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;

type HourOfWeek = StoreHeatmap["hours"][number];

export interface HeatCell {
  readonly day: number;
  readonly hour: number;
  /** "Mon 10:00–11:00" */
  readonly label: string;
  /** `unknown`: open, and no check is near enough. */
  readonly state: "closed" | "unknown" | "known";
  /** Downtime in what was checked, 0 to 1; 0 where nothing was. */
  readonly downShare: number;
  readonly downMs: number;
  readonly polls: number;
  /** A single check says little about an hour of the week. */
  readonly few: boolean;
  /** "98.2% uptime, 4 min down, 12 checks", "Down, based on 1 check" */
  readonly text: string;
}

function clock(hour: number): string {
  return `${String(hour).padStart(2, "0")}:00`;
}

function knownText(up: number, down: number, polls: number): string {
  if (polls === 0) return `${outcomeText(up, down)}, based on a check nearby`;
  if (polls < fewestForPercent) return `${outcomeText(up, down)}, based on ${checksText(polls)}`;
  return `${formatPercent(up / (up + down))} uptime, ${formatOpenTime(down)} down, ${checksText(polls)}`;
}

/** Wire format to cells, in its order. */
export function toHeatCells(hours: readonly HourOfWeek[]): readonly HeatCell[] {
  return hours.map(({ day, hour, open_ms: open, up_ms: up, down_ms: down, polls }) => {
    const known = up + down;
    const state = open === 0 ? "closed" : known === 0 ? "unknown" : "known";
    return {
      day,
      hour,
      label: `${weekdays[day] ?? ""} ${clock(hour)}–${clock(hour + 1)}`,
      state,
      downShare: known === 0 ? 0 : down / known,
      downMs: down,
      polls,
      few: state === "known" && polls < 2,
      text: state === "closed" ? "Closed" : state === "unknown" ? "No data" : knownText(up, down, polls),
    };
  });
}

/** The five hours of the week with the greatest share of downtime; none without any. */
export function worstHours(cells: readonly HeatCell[]): readonly HeatCell[] {
  return cells
    .filter(({ downMs }) => downMs > 0)
    .toSorted((a, b) => b.downShare - a.downShare || b.downMs - a.downMs)
    .slice(0, 5);
}
