import { isoText } from "@/lib/format/iso-text";
import type { EpochMs } from "@/lib/uptime/types";

/** An instant as ISO 8601 in UTC, to the millisecond. */
export function isoInstant(at: EpochMs): string {
  return isoText(at);
}

/** Like `isoInstant`; null stays null. */
export function isoOrNull(at: EpochMs | null): string | null {
  return at === null ? null : isoInstant(at);
}
