/** Lengths of time in ms, and seconds for hours of a day. A local day can be shorter or longer. */
export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;
export const weekMs = 7 * dayMs;
export const daySeconds = 86_400;
