import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { makeLog } from "@/lib/server/log";
import { DatabaseGate } from "./database-gate";

let lines: string[];
const log = makeLog("info", { write: (line) => void lines.push(line) });
beforeEach(() => {
  lines = [];
  globalThis.storeMonitoringDatabaseSuspectedAt = undefined;
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it("queries once for all callers at a time, and at most twice a second", async () => {
  const ask = vi.fn(() => Promise.resolve());
  const gate = new DatabaseGate({ ask, log });
  expect(await Promise.all(Array.from({ length: 50 }, () => gate.isOpen()))).toEqual(Array(50).fill(true));
  await vi.advanceTimersByTimeAsync(400);
  expect(await gate.isOpen()).toBe(true);
  expect(ask).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(200);
  await gate.isOpen();
  expect(ask).toHaveBeenCalledTimes(2);
  expect(lines).toEqual([]);
});

it("lets no caller wait for the next result while the last is valid", async () => {
  const answers: (() => void)[] = [];
  const gate = new DatabaseGate({ ask: () => new Promise<void>((resolve) => answers.push(resolve)), log });
  const first = gate.isOpen();
  answers[0]?.();
  expect(await first).toBe(true);
  await vi.advanceTimersByTimeAsync(600);
  expect(await gate.isOpen()).toBe(true);
  expect([answers.length, gate.waiting]).toEqual([2, 0]);
  await vi.advanceTimersByTimeAsync(500);
  const late = gate.isOpen();
  expect([answers.length, gate.waiting]).toEqual([2, 1]);
  answers[1]?.();
  expect(await late).toBe(true);
});

it("fails within a second and a half when no response comes, whenever a request came", async () => {
  const gate = new DatabaseGate({ ask: () => new Promise(() => undefined), log });
  const first = gate.isOpen();
  await vi.advanceTimersByTimeAsync(600);
  const second = gate.isOpen();
  expect(gate.waiting).toBe(2);
  await vi.advanceTimersByTimeAsync(900);
  expect(await Promise.all([first, second])).toEqual([false, false]);
  expect(gate.waiting).toBe(0);
});

it("queries a lost database five times a second, and logs once that it is unavailable and once that it is back", async () => {
  let away = true;
  const ask = vi.fn(() => (away ? Promise.reject(new Error("connection refused")) : Promise.resolve()));
  const gate = new DatabaseGate({ ask, log });
  for (let ms = 0; ms < 2_000; ms += 20) {
    expect(await gate.isOpen()).toBe(false);
    await vi.advanceTimersByTimeAsync(20);
  }
  expect(ask).toHaveBeenCalledTimes(10);
  away = false;
  expect(await gate.isOpen()).toBe(true);
  expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual([
    "database unavailable",
    "database available again",
  ]);
});
