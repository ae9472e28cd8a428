import type { ZoneClock, ZoneClockQuery } from "@/lib/contract/zone-clock";
import { AppError } from "@/lib/server/errors";
import { parseInstant } from "@/lib/server/wire/as-of";
import { resolveTimeZone } from "@/lib/uptime/time-zone";
import { zoneRules } from "@/lib/uptime/zone-rules";
import { suggestTimeZone } from "./suggest-time-zone";
import { zoneClock } from "./zone-clock";
import { dayMs } from "@/lib/uptime/units";

/** No poll is older. */
const firstInstant = Date.UTC(2000, 0, 1);
const defaultAheadMs = 400 * dayMs;

/**
 * The clock of any zone: over a span, or from the earliest instant of a poll until 400 days from now.
 * @throws AppError invalid_zone, invalid_from, invalid_to, invalid_range
 */
export function getZoneClock({ zone: name, from, to }: ZoneClockQuery): ZoneClock {
  const zone = resolveTimeZone(name);
  if (zone === null) {
    const meant = suggestTimeZone(name);
    const hint = meant === null ? "" : ` Did you mean ${meant}?`;
    const reason = `Release ${zoneRules().release} of the tz database has no time zone “${name}”.${hint}`;
    throw new AppError("invalid_zone", reason, {
      faults: [{ pointer: "/zone", code: "invalid_zone", reason }],
    });
  }
  const end = to === undefined ? Date.now() + defaultAheadMs : parseInstant("to", to);
  const start = from === undefined ? firstInstant : parseInstant("from", from);
  if (start >= end) {
    const reason = "from must be before to.";
    throw new AppError("invalid_range", reason, { faults: [{ pointer: "/from", code: "invalid_range", reason }] });
  }
  return zoneClock(zone, { start, end });
}
