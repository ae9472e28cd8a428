import type { EpochMs } from "@/lib/uptime/types";

/** An instant as the server reads it: ISO 8601 in UTC, to the millisecond. It contains no quote. */
export function instantText(at: EpochMs): string {
  return new Date(at).toISOString();
}
