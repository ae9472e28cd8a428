import { setImmediate as nextTurn } from "node:timers/promises";
import fc from "fast-check";
import { expect, it } from "vitest";
import { AdmissionQueue } from "./admission-queue";

/** Lets `count` requests queue at once. @returns the numbers of those admitted, in order */
function ask(queue: AdmissionQueue, count: number): number[] {
  const passed: number[] = [];
  for (let index = 0; index < count; index++) void queue.pass().then(() => passed.push(index));
  return passed;
}

it("admits one per turn, in order", async () => {
  const passed = ask(new AdmissionQueue(), 3);
  await Promise.resolve();
  expect(passed).toEqual([]);
  await nextTurn();
  expect(passed).toEqual([0]);
  await nextTurn();
  expect(passed).toEqual([0, 1]);
  await nextTurn();
  expect(passed).toEqual([0, 1, 2]);
});

it("admits none while others arrive, for a limited time", async () => {
  const queue = new AdmissionQueue();
  const passed = ask(queue, 2);
  const turns: number[] = [];
  for (let turn = 1; passed.length < 2; turn++) {
    const before = passed.length;
    queue.recordArrival();
    await nextTurn();
    if (passed.length > before) turns.push(turn);
  }
  expect(turns).toEqual([17, 34]);
});

it("admits everyone, in order, for any order of arrival", async () => {
  const turns = fc.array(fc.record({ asking: fc.integer({ min: 0, max: 3 }), arrives: fc.boolean() }), {
    maxLength: 60,
  });
  await fc.assert(
    fc.asyncProperty(turns, async (all) => {
      const queue = new AdmissionQueue();
      const passed: number[] = [];
      let asked = 0;
      for (const { asking, arrives } of all) {
        if (arrives) queue.recordArrival();
        for (let one = 0; one < asking; one++) {
          const index = asked++;
          void queue.pass().then(() => passed.push(index));
        }
        const before = passed.length;
        await nextTurn();
        expect(passed.length - before).toBeLessThanOrEqual(1);
      }
      while (passed.length < asked) await nextTurn();
      expect(passed).toEqual(Array.from({ length: asked }, (_one, index) => index));
    }),
    { numRuns: 50 },
  );
});
