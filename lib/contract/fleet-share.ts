import type { Bucket } from "@/lib/uptime/buckets";
import type { Interval } from "@/lib/uptime/types";
import { hourMs } from "@/lib/uptime/units";

/** At or above this share of the fleet an incident is fleet-wide. */
export const fleetWideShare = 0.25;
/** Below this number of stores the share is not meaningful. */
const minStores = 10;

/**
 * The share of a fleet's checked opening time that was down when an incident began: in the hours that its first hour
 * touches. Null where that is not known or the fleet is too small to say anything.
 * @param hours the fleet's, ascending   @param stores their number
 */
export function downShareAtStart(
  { start, end }: Interval,
  hours: readonly Pick<Bucket, "start" | "end" | "upMs" | "downMs">[],
  stores: number,
): number | null {
  if (stores < minStores) return null;
  const to = Math.min(end, start + hourMs);
  let down = 0;
  let known = 0;
  for (const hour of hours) {
    if (hour.start >= to || hour.end <= start) continue;
    down += hour.downMs;
    known += hour.upMs + hour.downMs;
  }
  return known === 0 ? null : down / known;
}
