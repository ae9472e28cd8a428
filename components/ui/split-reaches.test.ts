import fc from "fast-check";
import { expect, it } from "vitest";
import { reaches } from "./split-reaches";

/** Works out a length of CSS that is made of `max`, `min`, sums, percentages and pixels, for a bar so many pixels wide. */
function inPixels(length: string, width: number): number {
  const outer = /^(max|min)\((.*)\)$/.exec(length);
  if (outer) {
    const inner = outer[2] ?? "";
    const comma = topLevel(inner, ",");
    const parts = [inner.slice(0, comma), inner.slice(comma + 1).trim()].map((part) => inPixels(part, width));
    return outer[1] === "max" ? Math.max(...parts) : Math.min(...parts);
  }
  for (const [sign, factor] of [
    [" + ", 1],
    [" - ", -1],
  ] as const) {
    const at = topLevel(length, sign);
    if (at >= 0) return inPixels(length.slice(0, at), width) + factor * inPixels(length.slice(at + 3), width);
  }
  const found = /^([\d.]+)(px|%)$/.exec(length);
  if (!found) throw new Error(`not a length: ${length}`);
  return found[2] === "px" ? Number(found[1]) : (Number(found[1]) / 100) * width;
}

/** The last place of a text outside of all parentheses; -1 where there is none. */
function topLevel(text: string, wanted: string): number {
  let depth = 0;
  for (let at = text.length - 1; at >= 0; at--) {
    if (text[at] === ")") depth++;
    if (text[at] === "(") depth--;
    if (depth === 0 && text.startsWith(wanted, at)) return at;
  }
  return -1;
}

const arbShares = fc
  .tuple(...[0, 1, 2].map(() => fc.oneof(fc.constant(0), fc.double({ min: 1e-6, max: 1, noNaN: true }))))
  .map((shares) => {
    const sum = shares.reduce((a, b) => a + b, 0);
    return sum === 0 ? shares : shares.map((share) => share / sum);
  });

it("gives each part its share", () => {
  expect(reaches([0.25, 0.5, 0.25])).toEqual(["25%", "75%", "100%"]);
  expect(reaches([0, 1, 0])).toEqual(["0%", "100%", "100%"]);
  expect(reaches([0, 0, 0])).toEqual(["0%", "0%", "0%"]);
});

it("shows whatever there is of a part, and nothing of a part that is none, in a bar of any width", () => {
  fc.assert(
    fc.property(arbShares, fc.integer({ min: 62, max: 1_000 }), (shares, width) => {
      const ends = reaches(shares).map((length) => inPixels(length, width));
      shares.forEach((share, index) => {
        const shown = (ends[index] ?? 0) - (ends[index - 1] ?? 0);
        if (share === 0) expect(shown).toBe(0);
        else expect(shown).toBeGreaterThanOrEqual(2.99);
        // No part takes more than two others need to be seen.
        expect(Math.abs(shown - share * width)).toBeLessThan(6 + width * 2e-4);
      });
      expect(Math.max(...ends)).toBeLessThanOrEqual(width + 1e-9);
    }),
  );
});
