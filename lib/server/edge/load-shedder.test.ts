import fc from "fast-check";
import { expect, it } from "vitest";
import { LoadShedder } from "./load-shedder";

const limits = { maxInFlight: 64, maxLagMs: 200 };

it("never admits more than its maximum, and as much as it may, for any order of requests", () => {
  const steps = fc.array(fc.record({ weight: fc.integer({ min: 1, max: 8 }), leaves: fc.nat() }), { maxLength: 300 });
  fc.assert(
    fc.property(steps, (all) => {
      const shedder = new LoadShedder(limits);
      const inside: { readonly weight: number; readonly leave: () => void }[] = [];
      for (const { weight, leaves } of all) {
        if (leaves % 3 === 0 && inside.length > 0) {
          const [one] = inside.splice(leaves % inside.length, 1);
          one?.leave();
          one?.leave();
        }
        const sum = inside.reduce((total, one) => total + one.weight, 0);
        expect(shedder.inFlight).toBe(sum);
        expect(shedder.hasRoom(weight)).toBe(sum + weight <= limits.maxInFlight);
        if (shedder.hasRoom(weight)) inside.push({ weight, leave: shedder.enter(weight) });
      }
    }),
  );
});

it("admits few while the event loop lags, and all again when it does not", () => {
  const shedder = new LoadShedder(limits);
  for (let i = 0; i < 32; i++) shedder.enter(1);
  expect(shedder.hasRoom(1)).toBe(true);
  shedder.recordLag(201);
  expect(shedder.hasRoom(1)).toBe(false);
  shedder.recordLag(0);
  expect(shedder.hasRoom(1)).toBe(true);
});

it("serves one request that is heavier than the maximum, when it is alone", () => {
  const shedder = new LoadShedder({ maxInFlight: 2, maxLagMs: 200 });
  expect(shedder.hasRoom(4)).toBe(true);
  shedder.enter(4);
  expect(shedder.hasRoom(1)).toBe(false);
});
