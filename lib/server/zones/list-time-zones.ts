import type { TimeZoneList } from "@/lib/contract/zone-clock";
import { zoneRules } from "@/lib/uptime/zone-rules";

/** Every time zone that a store may have, by the rules in use. */
export function listTimeZones(): TimeZoneList {
  const { release, names } = zoneRules();
  return { tz_release: release, names: [...names] };
}
