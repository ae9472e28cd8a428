const minute = 60;
const hour = 60 * minute;

/** Seconds after each failed attempt: from five seconds to a day, about three days in all. */
const delays = [5, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 14 * hour, 20 * hour, 24 * hour];

/** The longest delay that a receiver may ask for. */
const longestRetryAfter = 24 * hour;

/**
 * Seconds until the next attempt; never sooner than the receiver asked for.
 * @param attempts number of failed attempts, from 1
 * @param random in [0, 1): spreads deliveries that failed together over up to a fifth of the delay
 * @returns null when there are no more attempts
 */
export function retryDelay(attempts: number, retryAfterSeconds: number | null, random: number): number | null {
  const delay = delays[attempts - 1];
  if (delay === undefined) return null;
  return Math.max(delay * (1 + random / 5), Math.min(retryAfterSeconds ?? 0, longestRetryAfter));
}
