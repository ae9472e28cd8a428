import { expect, it } from "vitest";
import { isStale, pastOrPresent } from "./state-text";

const hour = 3_600_000;

it("takes data for old from more than two hourly checks on", () => {
  const asOf = "2023-01-25T18:13:00Z";
  expect(isStale(asOf, Date.parse(asOf) + 2 * hour)).toBe(false);
  expect(isStale(asOf, Date.parse(asOf) + 2 * hour + 1)).toBe(true);
});

it("never says of old data that a store is online", () => {
  expect(pastOrPresent("online", false)).toBe("Online");
  expect(pastOrPresent("online", true)).toBe("Was online");
  expect(pastOrPresent("no_recent_check", true)).toBe("No recent check");
});
