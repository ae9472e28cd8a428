import type { StoreIncidents } from "@/lib/contract/store-history";
import { formatPercent } from "@/lib/format/percent";
import { clockTime, timeNear, type Clock } from "@/lib/format/zoned-time";
import { fleetWideShare, type IncidentKind } from "./incident-kind";

type Incident = StoreIncidents["incidents"][number];

/** `end` without its day where it is that of `start`. */
function endNear(start: string, end: string, asOf: string, clock: Clock): string {
  const from = timeNear(start, asOf, clock);
  const to = timeNear(end, asOf, clock);
  return from.slice(0, -5) === to.slice(0, -5) ? clockTime(end, clock) : to;
}

/** "Mon 14:34–16:04", "Since Mon 14:34". */
export function incidentTime({ start, end, ongoing }: Incident, asOf: string, clock: Clock): string {
  const from = timeNear(start, asOf, clock);
  return ongoing ? `Since ${from}` : `${from}–${endNear(start, end, asOf, clock)}`;
}

/** How early and how late it can have begun and ended, and on how many polls that rests. */
export function incidentBounds(incident: Incident, asOf: string, clock: Clock): string {
  const { start_earliest: from, start_latest: by, end_earliest: end, end_latest: endBy, polls } = incident;
  const between = (a: string, b: string) => `between ${timeNear(a, asOf, clock)} and ${endNear(a, b, asOf, clock)}`;
  const began =
    from === null
      ? `Began ${timeNear(by, asOf, clock)} or before`
      : from === by
        ? `Began at ${timeNear(by, asOf, clock)}`
        : `Began ${between(from, by)}`;
  const ended =
    endBy === null
      ? `last seen offline ${timeNear(end, asOf, clock)}`
      : end === endBy
        ? `ended at ${timeNear(end, asOf, clock)}`
        : `ended ${between(end, endBy)}`;
  return `${began}, ${ended}; found by ${polls === 1 ? "1 check" : `${String(polls)} checks`}.`;
}

const kindText: Record<IncidentKind, string> = {
  late_opening: "Opened late",
  early_closing: "Closed early",
  whole_opening: "Offline for a whole opening",
  mid_shift: "In mid-shift",
  several_openings: "Over more than one opening",
};

/** Where in the hours it lies, in words: "Opened late". */
export function incidentKindText(kind: IncidentKind, ongoing: boolean): string {
  return ongoing && kind === "late_opening" ? "Not online since opening" : kindText[kind];
}

/** Whether it was the store's own or many stores': "this store’s own: 3 % of the fleet was offline when it began". */
export function incidentScopeText(fleetShare: number): string {
  const whose = fleetShare >= fleetWideShare ? "fleet-wide" : "this store’s own";
  return `${whose}: ${formatPercent(fleetShare, 0)} of the fleet was offline when it began`;
}
