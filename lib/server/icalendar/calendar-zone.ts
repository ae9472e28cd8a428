import type { TimeZone } from "@/lib/uptime/types";
import { knownName } from "./event-zones";

/** The zone that a calendar names as its own (X-WR-TIMEZONE, which most programs write); null: none that is known. */
export function calendarZone(text: string): TimeZone | null {
  const [, name] = /^X-WR-TIMEZONE(?:;[^:\r\n]*)?:([^\r\n]{1,100})/im.exec(text) ?? [];
  return name === undefined ? null : (knownName(name.trim()) as TimeZone | null);
}
