import { expect, it } from "vitest";
import { chosenTarget, subjectOf, unlistedText } from "./audit-target";

it.each([
  ["store:8419", { choice: "store:", id: "8419" }],
  ["import:12", { choice: "import:", id: "12" }],
  ["person:7", { choice: "person:7", id: "" }],
  ["invitation:3", { choice: "invitation:3", id: "" }],
])("chooses %s, and makes the same value of the choice", (subject, chosen) => {
  expect(chosenTarget(subject)).toEqual(chosen);
  expect(subjectOf(chosen)).toBe(subject);
});

it("filters nothing without a target, or before it is said which of its kind", () => {
  expect(chosenTarget(null)).toEqual({ choice: "", id: "" });
  expect(subjectOf({ choice: "", id: "" })).toBe("");
  expect(subjectOf({ choice: "webhook:", id: " " })).toBe("");
});

it("says in words what is not among the choices", () => {
  expect(["invitation:3", "key:abcd2345", "nobody"].map(unlistedText)).toEqual([
    "invite 3",
    "key abcd2345",
    "an unknown user",
  ]);
});
