import type { ZoneClock } from "@/lib/contract/zone-clock";
import { isoInstant } from "@/lib/server/wire/instants";
import { offsetPeriods } from "@/lib/uptime/time-zone";
import type { EpochMs, Interval, TimeZone } from "@/lib/uptime/types";
import { zoneRules } from "@/lib/uptime/zone-rules";
import { dayMs } from "@/lib/uptime/units";

/** Beyond the instants that an answer has, so that what a page works out of them (midnights, openings) lies inside. */
const marginMs = 400 * dayMs;

/** What the clocks of a zone show in a span, on the wire. */
export function zoneClock(zone: TimeZone, span: Interval): ZoneClock {
  return {
    time_zone: zone,
    tz_release: zoneRules().release,
    offsets: offsetPeriods(zone, span).map(({ start, offsetMs, abbreviation }, index) => ({
      from: index === 0 ? null : isoInstant(start),
      offset_seconds: offsetMs / 1000,
      abbreviation,
    })),
  };
}

/** The clock of a zone over the instants that an answer has; null: one that it does not have. */
export function clockAround(zone: TimeZone, instants: readonly (EpochMs | null)[], margin = marginMs): ZoneClock {
  const known = instants.filter((at) => at !== null);
  return zoneClock(zone, { start: Math.min(...known) - margin, end: Math.max(...known) + margin });
}
