import { expect, it } from "vitest";
import { lastEntry, replaceLastEntry } from "./last-entry";

it("finds what is being typed at the end of a list, with its spaces", () => {
  const texts = ["", "main st", "74, main st", "74,75;\nMain Street ", "74, "];
  expect(texts.map(lastEntry)).toEqual(["", "main st", "main st", "Main Street", ""]);
});

it("puts an id in place of all of it, and leaves the others", () => {
  expect(replaceLastEntry("main st", "75")).toBe("75, ");
  expect(replaceLastEntry("74, main st", "75")).toBe("74, 75, ");
  expect(replaceLastEntry("74\nmain st", "75")).toBe("74\n75, ");
  expect(replaceLastEntry(replaceLastEntry("main", "74"), "75")).toBe("74, 75, ");
});
