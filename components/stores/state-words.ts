import type { StoreState } from "@/lib/contract/uptime";

export const stateWords: Record<StoreState, string> = {
  online: "Online",
  offline: "Offline",
  closed: "Closed",
  no_recent_check: "No recent check",
};

const expectedIntervalMs = 60 * 60_000;
/** From here on the data says nothing about now. */
export const staleAfterMs = 2 * expectedIntervalMs;

/** True where the newest poll is more than two expected intervals old by the reader's clock. */
export function isStale(asOf: string, now: number): boolean {
  return now - Date.parse(asOf) > staleAfterMs;
}
