/** Lengths of time: ms, and seconds where a day's hours are written. A local day can be shorter or longer. */
export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;
export const weekMs = 7 * dayMs;
export const daySeconds = 86_400;
