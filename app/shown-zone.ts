import { unknownValue } from "@/lib/client/raw-search";
import type { ZoneClock } from "@/lib/contract/zone-clock";
import { AppError } from "@/lib/server/errors";
import { getZoneClock } from "@/lib/server/zones/get-zone-clock";

interface ShownZone {
  /** As the tz database writes it; null: the store's own. */
  readonly zone: string | null;
  /** Null where the page needs none beside the store's. */
  readonly clock: ZoneClock | null;
  readonly notices: readonly string[];
}

/** The zone that a page's times are shown in, with its clock. One that the rules do not know is shown as UTC. */
export function shownZone(asked: string | null): ShownZone {
  if (asked === null || asked === "UTC") return { zone: asked, clock: null, notices: [] };
  try {
    const clock = getZoneClock({ zone: asked });
    return { zone: clock.time_zone, clock, notices: [] };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "invalid_zone") throw error;
    return { zone: "UTC", clock: null, notices: [unknownValue(asked, "Showing times in UTC.")] };
  }
}
