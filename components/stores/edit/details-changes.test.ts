import { expect, it } from "vitest";
import { changedDetails, changedStatusAndTags } from "./details-changes";

it("sends the details that were changed, and no others", () => {
  const filled = { name: "Diner", address: "" };
  expect(changedDetails(filled, filled)).toBeNull();
  expect(changedDetails(filled, { ...filled, name: "" })).toEqual({ name: "" });
  expect(changedDetails(filled, { name: "Bar", address: "Main St" })).toEqual({ name: "Bar", address: "Main St" });
});

it("sends the status or the tags where they were changed", () => {
  const filled = { tags: ["airport", "new"], lifecycle: "active" } as const;
  expect(changedStatusAndTags(filled, { ...filled, tags: ["airport", "new"] })).toBeNull();
  expect(changedStatusAndTags(filled, { ...filled, lifecycle: "paused" })).toEqual({ lifecycle: "paused" });
  expect(changedStatusAndTags(filled, { ...filled, tags: ["airport"] })).toEqual({ tags: ["airport"] });
  expect(changedStatusAndTags(filled, { ...filled, tags: [] })).toEqual({ tags: [] });
});
