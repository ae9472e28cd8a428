import { fleetWideShare } from "@/lib/contract/fleet-share";
import type { FleetIncident } from "@/lib/contract/fleet-incidents";
import { formatOpenTime } from "@/lib/format/duration";
import { formatPercent } from "@/lib/format/percent";
import { dayTime, timeRangeEnds } from "@/lib/format/time-range";
import { localDate, type Clock } from "@/lib/format/zoned-time";
import type { PeriodDates } from "@/lib/client/store-period";

/** "Thu 09:30 to Fri 12:30", "Since Thu 09:30", "Before Mon 08:00 to Tue 09:00": both ends always have their day. */
export function fleetIncidentTime(incident: FleetIncident, asOf: string, clock: Clock): string {
  const { start, end, ongoing, started_before: before } = incident;
  if (ongoing) return `Since ${before ? "before " : ""}${dayTime(start, asOf, clock)}`;
  const [from, to] = timeRangeEnds(start, end, asOf, clock);
  return `${before ? "Before " : ""}${from} to ${to}`;
}

/** "2 h 10 min", "163 h or more". */
export function downtimeText({ down_ms: down, started_before: before }: FleetIncident): string {
  return `${formatOpenTime(down)}${before ? " or more" : ""}`;
}

/** Whether other stores were down too. */
export interface IncidentScope {
  readonly text: string;
  readonly isFleetWide: boolean;
}

/** Null where the share of the fleet is not known. */
export function incidentScope({ fleet_share: share }: FleetIncident): IncidentScope | null {
  if (share === null) return null;
  const isFleetWide = share >= fleetWideShare;
  const down = formatPercent(share, 0);
  return { isFleetWide, text: `${isFleetWide ? "Fleet-wide" : "Not fleet-wide"}, ${down} of stores down` };
}

/** The store's local dates from its start to its end. */
export function incidentDates({ start, end }: FleetIncident, clock: Clock): PeriodDates {
  return { from: localDate(start, clock), to: localDate(end, clock) };
}
