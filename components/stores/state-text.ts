import type { ListedState } from "@/lib/contract/uptime";

export const stateText: Record<ListedState, string> = {
  online: "Online",
  offline: "Offline",
  closed: "Closed",
  no_recent_check: "No recent check",
  paused: "Paused",
  retired: "Retired",
};

/** A state as it is, or, where the data is too old to speak of now, as it was. */
export function pastOrPresent(state: ListedState, stale: boolean): string {
  if (!stale) return stateText[state];
  return state === "no_recent_check" || state === "paused" || state === "retired"
    ? stateText[state]
    : `Was ${stateText[state].toLowerCase()}`;
}

const expectedIntervalMs = 60 * 60_000;
/** From here on the data says nothing about now. */
const staleAfterMs = 2 * expectedIntervalMs;

/** True where the newest poll is more than two expected intervals old by the reader's clock. */
export function isStale(asOf: string, now: number): boolean {
  return now - Date.parse(asOf) > staleAfterMs;
}
