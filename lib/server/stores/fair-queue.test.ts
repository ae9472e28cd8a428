import { describe, expect, it } from "vitest";
import { FairQueue } from "./fair-queue";

/** Work that ends when the test says so. */
function held(order: string[], name: string) {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const work = async (): Promise<void> => {
    order.push(name);
    await ended;
  };
  return { work, end };
}

describe("a queue", () => {
  it("runs a fixed number at a time, and rejects those that wait beyond a maximum", async () => {
    const queue = new FairQueue(2, 3);
    let most = 0;
    let running = 0;
    const work = async (): Promise<void> => {
      most = Math.max(most, ++running);
      await Promise.resolve();
      running--;
    };
    const settled = await Promise.allSettled(Array.from({ length: 6 }, () => queue.run(work, "one")));
    expect(most).toBe(2);
    expect(settled.filter(({ status }) => status === "rejected")).toMatchObject([{ reason: { code: "overloaded" } }]);
    await expect(queue.run(() => Promise.resolve("done"), "one")).resolves.toBe("done");
  });

  it("alternates between callers, however many each of them requests", async () => {
    const queue = new FairQueue(1, 10);
    const order: string[] = [];
    const first = held(order, "a1");
    const rest = ["a2", "a3", "b1", "a4", "b2", "c1"].map((name) => ({ name, ...held(order, name) }));
    const runs = [queue.run(first.work, "a"), ...rest.map(({ name, work }) => queue.run(work, name.charAt(0)))];
    for (const { end } of [first, ...rest]) end();
    await Promise.all(runs);
    expect(order).toEqual(["a1", "a2", "b1", "c1", "a3", "b2", "a4"]);
  });

  it("drops queued work when its client disconnects, and continues after work that fails", async () => {
    const queue = new FairQueue(1, 1);
    const order: string[] = [];
    const first = held(order, "first");
    const running = queue.run(async () => {
      await first.work();
      throw new Error("no");
    }, "a");
    const client = new AbortController();
    const dropped = queue.run(held(order, "dropped").work, "a", client.signal);
    client.abort();
    await expect(dropped).rejects.toMatchObject({ code: "query_timeout" });
    // Its place is free again.
    const next = queue.run(() => Promise.resolve("next"), "a");
    await expect(queue.run(() => Promise.resolve(), "a")).rejects.toMatchObject({ code: "overloaded" });
    first.end();
    await expect(running).rejects.toThrow("no");
    await expect(next).resolves.toBe("next");
    await expect(queue.run(() => Promise.resolve(), "a", AbortSignal.abort())).rejects.toMatchObject({
      code: "query_timeout",
    });
    expect(order).toEqual(["first"]);
  });
});
