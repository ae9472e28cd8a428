import { expect, it } from "vitest";
import { changedDetails } from "./details-changes";

it("sends the details that were changed, and no others", () => {
  const filled = { name: "Diner", address: "" };
  expect(changedDetails(filled, filled)).toBeNull();
  expect(changedDetails(filled, { ...filled, name: "" })).toEqual({ name: "" });
  expect(changedDetails(filled, { name: "Bar", address: "Main St" })).toEqual({ name: "Bar", address: "Main St" });
});
