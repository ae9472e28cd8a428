import { offsetStretches, type OffsetStretch } from "@/lib/uptime/time-zone";
import type { Interval, TimeZone } from "@/lib/uptime/types";

/** An interval of one offset and one abbreviation. */
export interface OffsetPeriod extends OffsetStretch {
  readonly abbreviation: string;
}

/** Every name of the tz database, in byte order. */
export function zoneNames(): readonly string[] {
  return Intl.supportedValuesOf("timeZone");
}

/** The release of the tz database in use. */
export function zoneRules(): { readonly release: string; readonly source: string } {
  return { release: process.versions["tz"] ?? "unknown", source: "runtime" };
}

function abbreviationAt(zone: TimeZone, at: number): string {
  const parts = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "short" }).formatToParts(at);
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? zone;
}

export function offsetPeriods(zone: TimeZone, span: Interval): readonly OffsetPeriod[] {
  return offsetStretches(zone, span).map((one) => ({ ...one, abbreviation: abbreviationAt(zone, one.start) }));
}
