import fc from "fast-check";
import { expect, it } from "vitest";
import { packJson, unpackJson } from "./pack-json";

const arbInstant = fc
  .date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true })
  .map((at) => at.toISOString());
const arbText = fc.oneof(
  fc.string(),
  fc.constantFrom("#", "#table", "#same", "#words", "#instants", "#regular"),
  arbInstant,
);
const arbLeaf = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  arbText,
);

/** Lists of like things, as answers of the API have them, and of unlike ones. */
const { json: arbJson } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    arbLeaf,
    fc.array(fc.oneof(fc.constant(null), arbInstant)),
    fc.array(fc.constantFrom("online", "offline", "closed")),
    fc.array(fc.record({ at: arbInstant, "#table": arbText, of: tie("json"), ["__proto__"]: arbLeaf })),
    fc.array(
      fc.record({ at: fc.option(arbInstant), sums: fc.record({ up: fc.integer(), down: fc.option(fc.double()) }) }),
    ),
    fc.array(tie("json")),
    fc.array(fc.constant({})),
    fc.dictionary(fc.string(), tie("json")),
  ),
}));

it("gives back what JSON would", () => {
  fc.assert(
    fc.property(arbJson, (value) => {
      const plain = JSON.stringify(value);
      expect(JSON.stringify(unpackJson(packJson(value)))).toBe(plain);
    }),
    { numRuns: 500 },
  );
});

it("writes the names of like objects once, and regular instants in two characters each", () => {
  const hours = Array.from({ length: 100 }, (_, hour) => ({
    start: new Date(hour * 3_600_000).toISOString(),
    end: new Date((hour + 1) * 3_600_000).toISOString(),
    state: hour % 2 === 0 ? "online" : "offline",
    name: null,
  }));
  const packed = packJson({ hours });
  expect(packed.match(/start/g)).toHaveLength(1);
  expect(packed.length).toBeLessThan(100 * 6 + 200);
  expect(unpackJson(packed)).toEqual({ hours });
});
