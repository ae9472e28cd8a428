import fc from "fast-check";
import { expect, it } from "vitest";
import { isoText } from "./iso-text";

const last = 8.64e15;

it("writes an instant as Date does", () => {
  const arbInstant = fc.oneof(fc.integer({ min: -last, max: last }), fc.integer({ min: -1e13, max: 1e13 }));
  fc.assert(
    fc.property(arbInstant, (at) => {
      expect(isoText(at)).toBe(new Date(at).toISOString());
    }),
    { numRuns: 2_000 },
  );
  for (const at of [-last, last, 0, -1]) expect(isoText(at)).toBe(new Date(at).toISOString());
});

it("throws for what is no instant", () => {
  for (const at of [Number.NaN, Infinity, -Infinity]) expect(() => isoText(at)).toThrow(RangeError);
});
