import { expect, it } from "vitest";
import { searchText } from "./raw-search";

it("writes a query as it was", () => {
  expect(searchText({})).toBe("");
  expect(searchText({ zone: undefined })).toBe("");
  expect(searchText({ report: "7", tag: ["a b", "c"] })).toBe("?report=7&tag=a+b&tag=c");
});
