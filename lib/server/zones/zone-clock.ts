import type { ZoneClock } from "@/lib/contract/zone-clock";
import { isoInstant } from "@/lib/server/wire/instants";
import { offsetPeriods } from "@/lib/uptime/time-zone";
import type { EpochMs, Interval, TimeZone } from "@/lib/uptime/types";
import { zoneRules } from "@/lib/uptime/zone-rules";
import { dayMs } from "@/lib/uptime/units";

/** Margin around the instants of a response, so that what a page derives from them (midnights, openings) is inside. */
const marginMs = 400 * dayMs;

/** The clock of a zone in a span, in wire format. */
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

/** The clock of a zone over the instants of a response; null stands for a missing one. */
export function clockAround(zone: TimeZone, instants: readonly (EpochMs | null)[], margin = marginMs): ZoneClock {
  const known = instants.filter((at) => at !== null);
  return zoneClock(zone, { start: Math.min(...known) - margin, end: Math.max(...known) + margin });
}
