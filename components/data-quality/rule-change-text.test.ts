import { expect, it } from "vitest";
import { ruleChangeText } from "./rule-change-text";

const change = { at: "2026-11-28T14:00:00.000Z", from_release: "2026a", to_release: "2026f", zones: [] };
const zone = (time_zone: string, stores: number) => ({ time_zone, stores });

it.each([
  [[], "tz 2026a to 2026f. No store’s local time changed."],
  [[zone("America/Vancouver", 1)], "tz 2026a to 2026f. Local times changed for 1 store in America/Vancouver."],
  [
    [zone("America/Vancouver", 1200), zone("Cuba", 2), zone("Africa/Casablanca", 1)],
    "tz 2026a to 2026f. Local times changed for 1,200 stores in America/Vancouver, 2 in Cuba and 1 in Africa/Casablanca.",
  ],
])("says which zones of stores a change of rules altered", (zones, words) => {
  expect(ruleChangeText({ ...change, zones })).toBe(words);
});

it("says that earlier rules were not recorded", () => {
  expect(ruleChangeText({ ...change, from_release: null })).toBe("tz (not recorded) to 2026f.");
});
