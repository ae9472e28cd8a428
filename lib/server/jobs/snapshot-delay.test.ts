import { describe, expect, it } from "vitest";
import { SnapshotDelay } from "./snapshot-delay";

const timing = { quietMs: 2_000, maxDelayMs: 10_000, maxImportDelayMs: 60_000 };

/** Checks every half second. @returns when a snapshot may first be made, in ms; null: not within two minutes */
function firstOver(look: (ms: number) => { version: number; importing?: boolean; snapshot?: number }): number | null {
  const delay = new SnapshotDelay(timing);
  for (let ms = 0; ms <= 120_000; ms += 500) {
    const { version, importing = false, snapshot = null } = look(ms);
    if (delay.isOver({ dataVersion: version, snapshotVersion: snapshot, isImporting: importing }, ms)) return ms;
  }
  return null;
}

describe("a snapshot after new data", () => {
  it("is not made when there never was any data, nor for data that has one", () => {
    expect(firstOver(() => ({ version: 0 }))).toBeNull();
    expect(firstOver(() => ({ version: 7, snapshot: 7 }))).toBeNull();
  });

  it("waits until no data arrived for a while", () => {
    expect(firstOver(() => ({ version: 1 }))).toBe(2_000);
    expect(firstOver((ms) => ({ version: ms < 3_000 ? 1 : 2 }))).toBe(2_000);
    expect(firstOver((ms) => ({ version: ms < 1_500 ? 1 : 2 }))).toBe(3_500);
  });

  it("is made at most ten seconds after the first of it, however much arrives", () => {
    expect(firstOver((ms) => ({ version: 1 + ms }))).toBe(10_000);
  });

  it("has all three files of one import", () => {
    // Files of four seconds each, with a gap between them, become visible at their ends.
    const look = (ms: number) => ({
      version: Math.min(3, Math.floor(ms / 4_500)),
      importing: ms % 4_500 < 4_000 && ms < 13_500,
    });
    expect(firstOver(look)).toBe(15_500);
  });

  it("waits for an import at most a minute", () => {
    expect(firstOver(() => ({ version: 1, importing: true }))).toBe(60_000);
  });

  it("starts to wait again after a snapshot has caught up", () => {
    const look = (ms: number) =>
      ms < 1_500 ? { version: 1 } : ms < 5_000 ? { version: 1, snapshot: 1 } : { version: 2, snapshot: 1 };
    expect(firstOver(look)).toBe(7_000);
  });
});
