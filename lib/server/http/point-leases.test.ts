import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PointLeases, type LeasedPoints } from "./point-leases";

/** A shared counter that holds this many points of one caller, in a window that never ends. */
function sharedPlace(points: number) {
  let left = points;
  const asked: number[] = [];
  return {
    asked,
    take: (_caller: string, wanted: number): Promise<LeasedPoints> => {
      asked.push(wanted);
      const granted = Math.min(wanted, left);
      left -= granted;
      return Promise.resolve({ granted, remaining: left, msBeforeNext: 3_600_000 });
    },
  };
}

describe("points that are leased in blocks", () => {
  it("are never spent by replicas together beyond the limit, and completely by one alone", async () => {
    const requests = fc.array(fc.record({ replica: fc.nat(3), points: fc.integer({ min: 1, max: 9 }) }));
    await fc.assert(
      fc.asyncProperty(fc.nat(60), fc.integer({ min: 1, max: 12 }), requests, async (limit, share, asked) => {
        const place = sharedPlace(limit);
        const first = new PointLeases(share, place.take);
        const others = Array.from({ length: 3 }, () => new PointLeases(share, place.take));
        const counted = await Promise.all(
          asked.map(({ replica, points }) => (others[replica] ?? first).count("one", points)),
        );
        const spent = asked.reduce((sum, { points }, index) => sum + (counted[index]?.taken === true ? points : 0), 0);
        expect(spent).toBeLessThanOrEqual(limit);

        const alone = new PointLeases(share, sharedPlace(limit).take);
        const singles = await Promise.all(Array.from({ length: limit + 5 }, () => alone.count("one", 1)));
        expect(singles.filter(({ taken }) => taken)).toHaveLength(limit);
      }),
    );
  });

  it("query the shared counter once for many requests at the same moment", async () => {
    const place = sharedPlace(100);
    const leases = new PointLeases(25, place.take);
    const counted = await Promise.all(Array.from({ length: 50 }, () => leases.count("one", 1)));
    expect(place.asked).toEqual([25, 25]);
    expect(counted.map(({ remaining }) => remaining)).toEqual(Array.from({ length: 50 }, (_none, index) => 99 - index));
  });

  it("are rejected for more than is left, and available for less", async () => {
    const leases = new PointLeases(2, sharedPlace(10).take);
    expect((await leases.count("one", 8)).taken).toBe(true);
    expect((await leases.count("one", 3)).taken).toBe(false);
    expect((await leases.count("one", 2)).taken).toBe(true);
  });

  it("are forgotten when their window is over", async () => {
    let windows = 0;
    const leases = new PointLeases(5, (_caller, wanted) => {
      windows++;
      return Promise.resolve({ granted: wanted, remaining: 0, msBeforeNext: 0 });
    });
    await leases.count("one", 5);
    await leases.count("one", 1);
    await leases.count("one", 1);
    expect(windows).toBe(3);
  });

  it("belong to one caller each", async () => {
    const place = sharedPlace(10);
    const leases = new PointLeases(5, place.take);
    await leases.count("one", 1);
    await leases.count("another", 1);
    expect(place.asked).toEqual([5, 5]);
  });

  it("pass on an error of the shared counter, and retry", async () => {
    const answers = [
      Promise.reject(new Error("away")),
      Promise.resolve({ granted: 1, remaining: 0, msBeforeNext: 9e6 }),
    ];
    const leases = new PointLeases(1, () => answers.shift() ?? Promise.reject(new Error("asked too often")));
    await expect(leases.count("one", 1)).rejects.toThrow("away");
    expect((await leases.count("one", 1)).taken).toBe(true);
  });
});
