import type { FleetFilter } from "@/db/queries/bulk/fleet-filter";
import { attentionBelow } from "@/lib/contract/enums";
import type { FleetQuery } from "@/lib/contract/fleet";
import type { Viewer } from "./viewer";

/** The filter of a query, among the stores that the viewer sees. */
export function toFleetFilter(
  viewer: Viewer,
  { q, state, brand, group, tag, time_zone: timeZone, preset }: FleetQuery,
): FleetFilter {
  return {
    stores: viewer.stores === "all" ? null : viewer.stores,
    text: q || null,
    state: state ?? null,
    brand: brand ?? null,
    group: group ?? null,
    timeZone: timeZone ?? null,
    tag: tag ?? null,
    preset: preset === undefined ? null : { name: preset, uptimeBelow: attentionBelow },
  };
}

/** Whether a query selects only some of the stores that the viewer sees. */
export function isFiltered({ q, state, brand, group, tag, time_zone: timeZone, preset }: FleetQuery): boolean {
  return Boolean(q) || [state, brand, group, tag, timeZone, preset].some((value) => value !== undefined);
}
