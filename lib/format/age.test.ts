import { expect, it } from "vitest";
import { formatAge } from "./age";
import { chicago } from "./test-support/clocks";

const now = Date.parse("2023-01-25T12:00:00Z");

it.each([
  ["2023-01-25T12:00:07Z", "just now"],
  ["2023-01-25T11:59:01Z", "just now"],
  ["2023-01-25T11:37:00Z", "23 min ago"],
  ["2023-01-25T08:54:30Z", "3 h 5 min ago"],
  ["2023-01-24T12:00:00Z", "24 h ago"],
  ["2023-01-24T11:59:00Z", "Tue, Jan 24, 2023, 05:59"],
])("says of %s: %s", (instant, words) => {
  expect(formatAge(instant, now, chicago)).toBe(words);
});
