import fc from "fast-check";
import { beforeEach, expect, it, vi } from "vitest";
import { RequestMerger } from "./request-merger";
import type { LivePoll } from "./poll-rules";

const poll = (storeId: string): LivePoll => ({ storeId, at: 0, status: "active" });

/** A transaction that a test ends when it wants to. */
class Transactions {
  readonly open: { readonly stores: readonly string[]; end(result: boolean | Error): void }[] = [];

  readonly merge = (polls: readonly LivePoll[]): Promise<boolean> => {
    return new Promise((resolve, reject) => {
      const end = (result: boolean | Error): void => {
        if (result instanceof Error) reject(result);
        else resolve(result);
      };
      this.open.push({ stores: polls.map(({ storeId }) => storeId), end });
    });
  };
}

/** A request for one poll, whose own transaction ends at once with the given result. */
function requestOf(id: string, own: string | Error = `${id} alone`) {
  const alone = vi.fn(() => (own instanceof Error ? Promise.reject(own) : Promise.resolve(own)));
  return { polls: [poll(id)], alone, stored: () => `${id} stored` };
}

/** Requests behind one that is being merged by itself until `release` is called. */
async function behindOne(transactions: Transactions) {
  const merger = new RequestMerger(transactions.merge, onIdle);
  let release: () => void = () => undefined;
  const first = merger.add({
    polls: [poll("first")],
    alone: () => new Promise<string>((resolve) => (release = () => resolve("first alone"))),
    stored: () => "first stored",
  });
  await Promise.resolve();
  return { merger, first, release: () => release() };
}

const onIdle = vi.fn();
beforeEach(() => onIdle.mockClear());

const settled = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

it("merges a single request at once, in a transaction of its own", async () => {
  const transactions = new Transactions();
  const merger = new RequestMerger(transactions.merge, onIdle);
  expect(await merger.add(requestOf("a"))).toBe("a alone");
  await settled();
  expect(transactions.open).toEqual([]);
  expect(onIdle).toHaveBeenCalledTimes(1);
});

it("merges the requests that arrived meanwhile together, and responds after their commit", async () => {
  const transactions = new Transactions();
  const { merger, first, release } = await behindOne(transactions);
  const responses: string[] = [];
  const added = ["a", "b", "c"].map((id) => merger.add(requestOf(id)).then((result) => responses.push(result)));
  release();
  expect(await first).toBe("first alone");
  await settled();
  expect(transactions.open.map(({ stores }) => stores)).toEqual([["a", "b", "c"]]);
  expect(responses).toEqual([]);
  transactions.open[0]?.end(true);
  await Promise.all(added);
  expect(responses).toEqual(["a stored", "b stored", "c stored"]);
});

it.each([
  ["a poll that is not new", false],
  ["an error that one of them may have caused", new Error("no partition")],
])("gives each request its own transaction after %s", async (_, result) => {
  const transactions = new Transactions();
  const { merger, release } = await behindOne(transactions);
  const bad = new Error("bad");
  const added = Promise.allSettled([merger.add(requestOf("a")), merger.add(requestOf("b", bad))]);
  release();
  await settled();
  transactions.open[0]?.end(result);
  expect(await added).toEqual([
    { status: "fulfilled", value: "a alone" },
    { status: "rejected", reason: bad },
  ]);
});

it("repeats nothing when the database is lost, because the transaction may have been committed", async () => {
  const transactions = new Transactions();
  const { merger, release } = await behindOne(transactions);
  const requests = ["a", "b"].map((id) => requestOf(id));
  const added = Promise.allSettled(requests.map((request) => merger.add(request)));
  release();
  await settled();
  const lost = Object.assign(new Error("lost"), { code: "CONNECTION_CLOSED" });
  transactions.open[0]?.end(lost);
  expect((await added).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  for (const { alone } of requests) expect(alone).not.toHaveBeenCalled();
});

it("does not wait for a transaction that takes long", async () => {
  vi.useFakeTimers();
  try {
    const transactions = new Transactions();
    const { merger } = await behindOne(transactions);
    const request = requestOf("a");
    const added = merger.add(request);
    await vi.advanceTimersByTimeAsync(9);
    expect(request.alone).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(await added).toBe("a alone");
  } finally {
    vi.useRealTimers();
  }
});

it("gives every request exactly one result, whatever becomes of the transactions", async () => {
  const outcome = fc.constantFrom("all new", "not all new", "error");
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.boolean(), { minLength: 1, maxLength: 200 }),
      fc.infiniteStream(outcome),
      async (fine, ends) => {
        let merged = 0;
        const merger = new RequestMerger(async (polls) => {
          await settled();
          const value = ends.next().value as string;
          if (value === "error") throw new Error("one of them");
          if (value === "all new") merged += polls.length;
          return value === "all new";
        }, onIdle);
        let alone = 0;
        const added = fine.map((isFine, i) =>
          merger.add({
            polls: [poll(String(i))],
            alone: async () => {
              await settled();
              if (!isFine) throw new Error(String(i));
              alone += 1;
              return i;
            },
            stored: () => i,
          }),
        );
        const results = await Promise.allSettled(added);
        const failed = results.filter(({ status }) => status === "rejected").length;
        results.forEach((result, i) => {
          if (result.status === "fulfilled") expect(result.value).toBe(i);
          else expect([fine[i], (result.reason as Error).message]).toEqual([false, String(i)]);
        });
        expect(merged + alone + failed).toBe(fine.length);
      },
    ),
    { numRuns: 50 },
  );
});
