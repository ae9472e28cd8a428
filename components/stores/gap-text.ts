import type { Fleet } from "@/lib/contract/fleet";
import { clockTime, timeNear, type Clock } from "@/lib/format/zoned-time";

type Gap = Fleet["polling_gaps"][number];

/** "No checks of any store from Fri 03:22 to 07:42." @param asOf what the times are near to */
export function gapText({ start, end }: Gap, asOf: string, clock: Clock): string {
  const from = timeNear(start, asOf, clock);
  const to = timeNear(end, asOf, clock);
  const sameDay = from.slice(0, -5) === to.slice(0, -5);
  return `No checks of any store from ${from} to ${sameDay ? clockTime(end, clock) : to}.`;
}
