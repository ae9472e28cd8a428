import type { Fleet } from "@/lib/contract/fleet";
import { timeRange } from "@/lib/format/time-range";
import { type Clock } from "@/lib/format/zoned-time";

type Gap = Fleet["polling_gaps"][number];

/** "Monitoring gap Fri 03:22–07:42" @param asOf what the days are near to */
export function gapText({ start, end }: Gap, asOf: string, clock: Clock): string {
  return `Monitoring gap ${timeRange(start, end, asOf, clock)}`;
}
