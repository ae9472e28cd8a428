import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { heatOpacities, heatSteps, opacityOf, textColorOf } from "./heatmap-data";

type Color = readonly number[];

const tokens = new Map(
  Array.from(
    readFileSync("app/globals.css", "utf8").matchAll(/(--color-[a-z-]+): light-dark\(#(\w{6}), #(\w{6})\)/g),
    ([, name = "", light = "", dark = ""]) => [name, { light, dark }] as const,
  ),
);

function colorOf(token: string, theme: "light" | "dark"): Color {
  const text = tokens.get(token)?.[theme] ?? "";
  return [0, 2, 4].map((at) => Number.parseInt(text.slice(at, at + 2), 16));
}

const over = (below: Color, above: Color, opacity: number): Color =>
  below.map((part, index) => part + ((above[index] ?? NaN) - part) * opacity);

/** WCAG 2.2, relative luminance. */
function luminanceOf(color: Color): number {
  const [red = NaN, green = NaN, blue = NaN] = color.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrastOf(one: Color, other: Color): number {
  const [lower = NaN, higher = NaN] = [luminanceOf(one), luminanceOf(other)].toSorted((a, b) => a - b);
  return (higher + 0.05) / (lower + 0.05);
}

describe("a percentage in a cell of the weekly pattern", () => {
  it.each(["light", "dark"] as const)("has a contrast of at least 4.5:1 in the %s theme", (theme) => {
    const color = (token: string) => colorOf(token, theme);
    const contrasts = heatSteps.flatMap(({ shade }) =>
      heatOpacities.map(({ opacity }) => {
        const cell = over(color("--color-up-soft"), color("--color-down"), shade);
        return contrastOf(color(textColorOf(shade, opacity)), over(color("--color-panel"), cell, opacity));
      }),
    );
    expect(contrasts).toHaveLength(15);
    expect(Math.min(...contrasts)).toBeGreaterThanOrEqual(4.5);
  });
});

it("draws an hour paler the less of it was checked", () => {
  expect([1, 0.7, 0.5, 0.34, 0.3, 0].map(opacityOf)).toEqual([1, 1, 0.6, 0.6, 0.4, 0.4]);
});
