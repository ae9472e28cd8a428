import type { TimeZoneList } from "@/lib/contract/zone-clock";
import { zoneNames, zoneRules } from "./rules-adapter";

/** Every time zone that a store may have, by the rules in use. */
export function listTimeZones(): TimeZoneList {
  return { tz_release: zoneRules().release, names: [...zoneNames()] };
}
