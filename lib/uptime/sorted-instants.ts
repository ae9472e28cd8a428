import type { EpochMs } from "./types";

/** Index of the first of the ascending instants at or after `at`; their number when there is none. */
export function firstAtOrAfter(instants: Float64Array, at: EpochMs): number {
  let low = 0;
  let high = instants.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (instants[middle]! < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
