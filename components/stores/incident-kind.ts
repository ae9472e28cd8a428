import type { Fleet } from "@/lib/contract/fleet";
import type { StoreIncidents, StoreTimeline } from "@/lib/contract/store-history";
import { downShareAtStart } from "@/lib/contract/fleet-share";

type Incident = StoreIncidents["incidents"][number];

/** Where in the opening hours an incident lies. */
export type IncidentKind = "late_opening" | "early_closing" | "whole_opening" | "mid_shift" | "several_openings";

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

/** `downShareAtStart` of an incident and a fleet in the wire format. */
export function fleetShareAtStart(
  { start, end }: Pick<Incident, "start" | "end">,
  { hours, stores }: Pick<Fleet, "hours" | "stores">,
): number | null {
  const buckets = hours.map((hour) => ({
    start: Date.parse(hour.start),
    end: Date.parse(hour.end),
    upMs: hour.up_ms,
    downMs: hour.down_ms,
  }));
  return downShareAtStart({ start: Date.parse(start), end: Date.parse(end) }, buckets, stores);
}
