import type { EpochMs } from "./types";
import { dayMs } from "./units";
import { offsetAt, type ZoneTable } from "./zone-table";

/** The wall time at an instant, in ms as if it were UTC. */
export function wallAt(zone: ZoneTable, at: EpochMs): number {
  return at + offsetAt(zone, at);
}

/**
 * The instant of a wall time as calendars mean it (RFC 5545, 3.3.5): of a repeated time the first one; a skipped time
 * is read with the offset before the change, so 02:30 becomes 03:30. Only for calendars, which are written in wall
 * times of other zones: business hours are never turned into instants (docs/uptime.md, 2.3).
 * @param wallMs in ms as if it were UTC
 */
export function instantOf(zone: ZoneTable, wallMs: number): EpochMs {
  const before = offsetAt(zone, wallMs - dayMs);
  const after = offsetAt(zone, wallMs + dayMs);
  const candidates = [before, after].map((offset) => ({ at: wallMs - offset, offset }));
  const exact = candidates.filter(({ at, offset }) => offsetAt(zone, at) === offset).map(({ at }) => at);
  return exact.length > 0 ? Math.min(...exact) : wallMs - before;
}
