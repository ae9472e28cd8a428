import type { Fleet } from "@/lib/contract/fleet";
import type { StoreIncidents, StoreTimeline } from "@/lib/contract/store-history";
import { hourMs } from "@/lib/uptime/units";

type Incident = StoreIncidents["incidents"][number];

/** Where in the opening hours an incident lies. */
export type IncidentKind = "late_opening" | "early_closing" | "whole_opening" | "mid_shift" | "several_openings";

/** At or above this share of the fleet an incident is fleet-wide. */
export const fleetWideShare = 0.25;
/** Below this number of stores the share is not meaningful. */
const minStores = 10;

/**
 * Tells an incident that began with an opening or ended with a closing from one in between.
 * @param timeline the store's time around it   @returns null where the timeline does not reach back to its start
 */
export function incidentKind(
  { start, end, ongoing }: Incident,
  { segments, from }: Pick<StoreTimeline, "segments" | "from">,
): IncidentKind | null {
  const [startMs, endMs] = [Date.parse(start), Date.parse(end)];
  if (startMs < Date.parse(from)) return null;
  const closed = segments
    .filter(({ state }) => state === "closed")
    .map((segment) => ({ start: Date.parse(segment.start), end: Date.parse(segment.end) }));
  if (closed.some((one) => one.start < endMs && one.end > startMs)) return "several_openings";
  const withOpening = closed.some((one) => one.end === startMs);
  const withClosing = !ongoing && closed.some((one) => one.start === endMs);
  if (withOpening) return withClosing ? "whole_opening" : "late_opening";
  return withClosing ? "early_closing" : "mid_shift";
}

/**
 * The share of the fleet's checked opening time that was down when an incident began: in the hours that its first hour
 * touches. Null where that is not known or the fleet is too small to say anything.
 */
export function fleetShareAtStart(
  { start, end }: Pick<Incident, "start" | "end">,
  { hours, stores }: Pick<Fleet, "hours" | "stores">,
): number | null {
  if (stores < minStores) return null;
  const from = Date.parse(start);
  const to = Math.min(Date.parse(end), from + hourMs);
  const touched = hours.filter((hour) => Date.parse(hour.start) < to && Date.parse(hour.end) > from);
  const down = touched.reduce((sum, hour) => sum + hour.down_ms, 0);
  const known = touched.reduce((sum, hour) => sum + hour.up_ms, down);
  return known === 0 ? null : down / known;
}
