import { expect, it } from "vitest";
import { waitFor } from "./wait-for";

const never = new AbortController().signal;

/** Counts its calls: 1, 2, 3. */
function counter(): () => Promise<number> {
  let seen = 0;
  return () => Promise.resolve((seen += 1));
}

it("reads once when there is no wait", async () => {
  expect(await waitFor(counter(), () => false, 0, never)).toBe(1);
});

it("reads until the job ends", async () => {
  expect(await waitFor(counter(), (seen) => seen === 3, 600, never)).toBe(3);
});

it("returns what it read last when time is up", async () => {
  expect(await waitFor(counter(), () => false, 0.12, never)).toBeGreaterThan(1);
});

it("ends when the caller disconnects", async () => {
  const gone = new AbortController();
  const look = counter();
  const seen = await waitFor(
    async () => {
      const count = await look();
      if (count === 2) gone.abort();
      return count;
    },
    () => false,
    600,
    gone.signal,
  );
  expect(seen).toBe(2);
});
