import { zoneRules } from "@/lib/uptime/zone-rules";

/** The name of the tz database that was probably meant by `name`, which is none; null where that cannot be told. */
export function suggestTimeZone(name: string): string | null {
  return zoneRules().spell(name.trim().replace(/\s+/g, "_"));
}
