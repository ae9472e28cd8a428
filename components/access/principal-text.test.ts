import { expect, it } from "vitest";
import { principalText } from "./principal-text";

it.each([
  ["person:7", "Ada", "Ada"],
  ["person:7", null, "Removed user 7"],
  ["key:abcd2345", null, "Key abcd2345"],
  ["key:abcd2345", "POS", "Key POS"],
  ["system", null, "System"],
  ["open", null, "Anyone (no sign-in)"],
  ["anonymous", null, "Someone"],
])("names who did it: %s %s", (principal, name, words) => {
  expect(principalText({ principal, name })).toBe(words);
});
