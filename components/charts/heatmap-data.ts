import type { StoreHeatmap } from "@/lib/contract/store-history";
import { checksText, fewestForPercent, outcomeText } from "@/lib/format/checks";
import { formatOpenTime } from "@/lib/format/duration";
import { formatPercent } from "@/lib/format/percent";
import { timeOfDay, type TimeStyle } from "@/lib/format/time-style";

type HourOfWeek = StoreHeatmap["hours"][number];

export interface HeatCell {
  /** 0 = Monday. */
  readonly day: number;
  readonly hour: number;
  /** "Mon 10:00–11:00" */
  readonly label: string;
  /** `unknown`: open, and no check is near enough. `few`: too few checks for a pattern. */
  readonly state: "closed" | "unknown" | "few" | "known";
  /** Uptime in what was checked, 0 to 1; 0 where nothing was. */
  readonly uptime: number;
  /** The checked share of the opening time, 0 to 1. */
  readonly coverage: number;
  readonly downMs: number;
  /** "98.2% uptime, 4 min down, 12 checks", "Down, based on 1 check" */
  readonly text: string;
}

/** Names of the days from Monday. */
export function weekdaysOf({ weekdays }: TimeStyle): readonly string[] {
  return [...weekdays.slice(1), ...weekdays.slice(0, 1)];
}

function knownText(up: number, down: number, polls: number): string {
  if (polls === 0) return `${outcomeText(up, down)}, based on a check nearby`;
  if (polls < fewestForPercent) return `${outcomeText(up, down)}, based on ${checksText(polls)}`;
  return `${formatPercent(up / (up + down))} uptime, ${formatOpenTime(down)} down, ${checksText(polls)}`;
}

/** Wire format to cells, in its order. */
export function toHeatCells(hours: readonly HourOfWeek[], style: TimeStyle): readonly HeatCell[] {
  const days = weekdaysOf(style);
  const time = (hour: number): string => timeOfDay(hour * 3600, style);
  return hours.map(({ day, hour, open_ms: open, up_ms: up, down_ms: down, polls }) => {
    const known = up + down;
    const state = open === 0 ? "closed" : known === 0 ? "unknown" : polls < fewestForPercent ? "few" : "known";
    return {
      day,
      hour,
      label: `${days[day] ?? ""} ${time(hour)}–${time(hour + 1)}`,
      state,
      uptime: known === 0 ? 0 : up / known,
      coverage: open === 0 ? 0 : known / open,
      downMs: down,
      text: state === "closed" ? "Closed" : state === "unknown" ? "No data" : knownText(up, down, polls),
    };
  });
}

/** The five hours of the week with the least uptime; none without downtime, or with too few checks for a pattern. */
export function worstHours(cells: readonly HeatCell[]): readonly HeatCell[] {
  return cells
    .filter(({ state, downMs }) => state === "known" && downMs > 0)
    .toSorted((a, b) => a.uptime - b.uptime || b.downMs - a.downMs)
    .slice(0, 5);
}

/** The hours of the day in which the store is ever open, as a span: [9, 22) */
export function openHours(cells: readonly HeatCell[]): { readonly from: number; readonly to: number } {
  const open = cells.filter(({ state }) => state !== "closed").map(({ hour }) => hour);
  return open.length === 0 ? { from: 0, to: 24 } : { from: Math.min(...open), to: Math.max(...open) + 1 };
}

/**
 * Steps of uptime, best first, each with the share of orange that it is drawn with. These shares and opacities keep
 * every cell away from the middle tones on which neither text colour can be read.
 */
export const heatSteps = [
  { from: 1, text: "100%", shade: 0 },
  { from: 0.95, text: "95%", shade: 0.2 },
  { from: 0.8, text: "80%", shade: 0.4 },
  { from: 0.5, text: "50%", shade: 0.75 },
  { from: 0, text: "0%", shade: 1 },
] as const;

/** How strongly an uptime is drawn as downtime, 0 to 1. */
export function shadeOf(uptime: number): number {
  return heatSteps.find(({ from }) => uptime >= from)?.shade ?? 1;
}

/** Shares of the opening time that were checked, highest first, each with the opacity that it is drawn with. */
export const heatOpacities = [
  { from: 2 / 3, opacity: 1 },
  { from: 1 / 3, opacity: 0.6 },
  { from: 0, opacity: 0.4 },
] as const;

/** How opaque a cell is by how much of it is known, 0 to 1. */
export function opacityOf(coverage: number): number {
  return heatOpacities.find(({ from }) => coverage >= from)?.opacity ?? 1;
}

/** The token of the text colour that can be read on a cell. */
export function textColorOf(shade: number, opacity: number): "--color-ink" | "--color-on-down" {
  return shade * opacity < 0.5 ? "--color-ink" : "--color-on-down";
}
