const minute = 60;
const hour = 60 * minute;

/** Seconds until an address is read again, and a file, which only the date changes. */
const addressSeconds = hour;
export const fileSeconds = 24 * hour;

/** The longest delay after a failure, also when the server asks for more. */
const longest = 24 * hour;

/** Seconds until a feed is read again after it was read. @param random in [0, 1): spreads feeds over a tenth of the delay */
export function nextReading(url: string | null, random: number): number {
  return (url === null ? fileSeconds : addressSeconds) * (1 + random / 10);
}

/**
 * Seconds until the next attempt: 15 minutes, then twice as long each time, up to a day; never sooner than the server
 * asked for.
 * @param failures number of failed attempts in a row, from 1
 */
export function nextAttempt(failures: number, retryAfterSeconds: number | null, random: number): number {
  const delay = Math.min(longest, 15 * minute * 2 ** Math.min(failures - 1, 10));
  return Math.max(delay * (1 + random / 10), Math.min(retryAfterSeconds ?? 0, longest));
}
