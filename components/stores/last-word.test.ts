import { expect, it } from "vitest";
import { lastWord, replaceLastWord } from "./last-word";

it("finds what is being typed at the end of a list", () => {
  expect(["", "ma", "74, ma", "74\nma", "74; "].map(lastWord)).toEqual(["", "ma", "ma", "ma", ""]);
});

it("puts an id in its place, and leaves the others", () => {
  expect(replaceLastWord("ma", "75")).toBe("75 ");
  expect(replaceLastWord("74, ma", "75")).toBe("74, 75 ");
  expect(replaceLastWord("74 ", "75")).toBe("74 75 ");
});
