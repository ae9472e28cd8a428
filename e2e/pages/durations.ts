import { expect } from "./test";

/** "2 h 10 min" as minutes; "<1 min" as half of one. */
export function minutesOf(text: string): number {
  const [, hours = "0", minutes = "0"] = /^(?:(\d+) h)? ?(?:<?(\d+) min)?$/.exec(text.trim()) ?? [];
  expect(text, "a duration in hours and minutes").toMatch(/\d+ (h|min)$/);
  return text.startsWith("<") ? 0.5 : Number(hours) * 60 + Number(minutes);
}
