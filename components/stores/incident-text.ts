import type { StoreIncidents } from "@/lib/contract/store-history";
import { checksText } from "@/lib/format/checks";
import { formatPercent } from "@/lib/format/percent";
import { dayTime, timeRange, timeRangeEnds } from "@/lib/format/time-range";
import { localDate, type Clock } from "@/lib/format/zoned-time";
import { fleetWideShare } from "@/lib/contract/fleet-share";
import type { IncidentKind } from "./incident-kind";

type Incident = StoreIncidents["incidents"][number];

/** "Mon 14:34–16:04", "Mon 22:34 to Tue 01:04", "Since Mon 14:34". */
export function incidentTime({ start, end, ongoing }: Incident, asOf: string, clock: Clock): string {
  return ongoing ? `Since ${dayTime(start, asOf, clock)}` : timeRange(start, end, asOf, clock);
}

/** How early and how late it can have started and ended, and the number of checks behind it. */
export function incidentBounds(incident: Incident, asOf: string, clock: Clock): string {
  const { start_earliest: from, start_latest: by, end_earliest: end, end_latest: endBy, polls } = incident;
  const at = (instant: string) => dayTime(instant, asOf, clock);
  const between = (a: string, b: string) => `between ${timeRangeEnds(a, b, asOf, clock).join(" and ")}`;
  const started = from === null ? `by ${at(by)}` : from === by ? at(by) : between(from, by);
  const ended =
    endBy === null
      ? `last seen offline ${at(end)}`
      : end === endBy
        ? `ended ${at(end)}`
        : `ended ${between(end, endBy)}`;
  return `Started ${started}, ${ended}. Based on ${checksText(polls)}.`;
}

const kindText: Record<IncidentKind, string> = {
  late_opening: "Opened late",
  early_closing: "Closed early",
  whole_opening: "Offline from opening to closing",
  mid_shift: "Mid-shift",
  several_openings: "Spans several openings",
};

/** When in the business hours it happened: "Opened late". */
export function incidentKindText(
  kind: IncidentKind,
  { start, end, ongoing }: Pick<Incident, "start" | "end" | "ongoing">,
  clock: Clock,
): string {
  if (ongoing && kind === "late_opening") return "Not online since opening";
  if (kind === "several_openings" && localDate(start, clock) !== localDate(end, clock)) return "Spans several days";
  return kindText[kind];
}

/** Whether other stores were down too: "Isolated to this store (3% of stores were down)". */
export function incidentScopeText(fleetShare: number): string {
  const scope = fleetShare >= fleetWideShare ? "Fleet-wide" : "Isolated to this store";
  return `${scope} (${formatPercent(fleetShare, 0)} of stores were down)`;
}
