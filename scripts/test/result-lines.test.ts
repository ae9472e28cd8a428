import { expect, it } from "vitest";
import { resultLines } from "./result-lines";

it("repeats failures, then says how each task ended, and ends with the sum", () => {
  const lines = resultLines([
    { name: "unit", tally: { passed: 40, failed: 0, failures: [] }, ms: 61_200 },
    { name: "db", tally: { passed: 7, failed: 1, failures: [{ name: "a › b", message: "no\nat c" }] }, ms: 900 },
  ]);
  expect(lines).toEqual([
    "",
    "FAILED db: a › b",
    "  no",
    "  at c",
    "",
    "ok     unit     40 passed, 0 failed      61 s",
    "FAILED db       7 passed, 1 failed       1 s",
    "",
    "47 passed, 1 failed",
  ]);
});

it("truncates a long message", () => {
  const message = Array.from({ length: 1_000 }, (_, line) => `line ${line}`).join("\n");
  const lines = resultLines([
    { name: "db", tally: { passed: 0, failed: 1, failures: [{ name: "a", message }] }, ms: 0 },
  ]);
  expect(lines.length).toBeLessThan(40);
  expect(lines).toContain("  line 0");
});
