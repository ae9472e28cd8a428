"use client";

import { useTimeStyle, useUtcClock, useViewerZone } from "@/components/ui/reader";
import { useZoneClock, zoneFaultText } from "@/components/ui/zone-clock";
import type { FleetZone } from "@/lib/client/page-params";
import type { ZoneClock } from "@/lib/contract/zone-clock";
import { readerClock, type Clock } from "@/lib/format/zoned-time";

export interface ListClocks {
  /** Of times that belong to no store. */
  readonly clock: Clock;
  /** Of the times of a store, by the name of its zone. */
  readonly clockOf: (timeZone: string) => Clock;
  /** False until the reader's zone is known: times are UTC, and hidden, so that they do not change after rendering. */
  readonly isKnown: boolean;
  /** Says why times are in UTC where the reader's zone should be. */
  readonly notices: readonly string[];
}

/** The clocks of a list of stores. @param clocks those of its stores' zones */
export function useListClocks(zone: FleetZone, clocks: readonly ZoneClock[]): ListClocks {
  const style = useTimeStyle();
  const utcClock = useUtcClock();
  const viewerZone = useViewerZone();
  const mine = useZoneClock(zone === "mine" ? viewerZone : null);
  const clock = mine.clock ?? utcClock;
  const ofStores = new Map(zone === "store" ? clocks.map((one) => [one.time_zone, readerClock(one, style)]) : []);
  return {
    clock,
    clockOf: (timeZone) => ofStores.get(timeZone) ?? clock,
    isKnown: zone !== "mine" || mine.clock !== null || mine.fault !== null,
    notices: mine.fault === null ? [] : [zoneFaultText(viewerZone ?? "", mine.fault)],
  };
}
