import { expect, it } from "vitest";
import { compareReleases, isRelease, releaseDate } from "./release";

it("orders releases by year, then letters, then what was built after them", () => {
  const ordered = [
    "2025c",
    "2026a",
    "2026f",
    "2026f-3-g0a1b2c3",
    "2026g",
    "2026z",
    "2026za",
    "2026zb",
    "2027a",
    "2027aa",
  ];
  const shuffled = [...ordered].reverse();
  expect(shuffled.sort(compareReleases)).toEqual(ordered);
});

it.each(["2026f", "2027za", "2026f-12-gdeadbee", "2026f-dirty"])("accepts %s as a release", (text) => {
  expect(isRelease(text)).toBe(true);
});

it.each(["", "2026", "26f", "unknown", "2026F", "v2026f", "2026f ", "latest"])("rejects %j as a release", (text) => {
  expect(isRelease(text)).toBe(false);
});

it("dates a release by what is known, else by its file within the year", () => {
  const file = (text: string) => Date.parse(text);
  expect(releaseDate("2026f", file("2027-03-01"))).toBe("2026-10-27");
  expect(releaseDate("2031b", file("2031-04-05"))).toBe("2031-04-05");
  expect(releaseDate("2031b", file("2034-04-05"))).toBe("2031-12-31");
  expect(releaseDate("2031b", file("2026-04-05"))).toBe("2031-01-01");
});
