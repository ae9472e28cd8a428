import { describe, expect, it } from "vitest";
import { makePasswords, passwords } from "./passwords";

describe("a password", () => {
  it("is recognised, and only it", async () => {
    const hash = await passwords.hash("a long sentence of mine");
    expect(hash).not.toContain("sentence");
    expect(await passwords.isOf(hash, "a long sentence of mine")).toBe(true);
    expect(await passwords.isOf(hash, "a long sentence of mine ")).toBe(false);
    expect(await passwords.isOf(null, "a long sentence of mine")).toBe(false);
    expect(await passwords.isOf(null, "")).toBe(false);
    expect(await passwords.hash("a long sentence of mine")).not.toBe(hash);
  });
});

/** Works until the test ends it, and counts. */
function heldHasher() {
  const held: (() => void)[] = [];
  const seen = { hash: 0, verify: 0, most: 0 };
  const hold = async <T>(value: T): Promise<T> => {
    await new Promise<void>((end) => {
      held.push(end);
      seen.most = Math.max(seen.most, held.length);
    });
    return value;
  };
  const hasher = {
    hash: (password: string) => {
      seen.hash++;
      return hold(`of ${password}`);
    },
    verify: ({ hash, password }: { hash: string; password: string }) => {
      seen.verify++;
      return hold(hash === `of ${password}`);
    },
  };
  return { seen, hasher, held };
}

const settled = () => new Promise((next) => setImmediate(next));

describe("passwords that arrive at once", () => {
  it("are hashed two at a time, and all of them are", async () => {
    const { seen, hasher, held } = heldHasher();
    const { isOf } = makePasswords(hasher);
    const answers = Promise.all(Array.from({ length: 50 }, (_, i) => isOf(i % 2 === 0 ? "of a" : null, "a")));
    for (let i = 0; i < 51; i++) {
      await settled();
      expect(held.length).toBeGreaterThan(0);
      held.shift()?.();
    }
    expect(await answers).toEqual(Array.from({ length: 50 }, (_, i) => i % 2 === 0));
    expect(seen).toEqual({ hash: 1, verify: 50, most: 2 });
  });

  it("give the place of one that failed to the next", async () => {
    const { isOf } = makePasswords({
      hash: () => Promise.resolve("of nobody"),
      verify: ({ password }) => (password === "bad" ? Promise.reject(new Error("no memory")) : Promise.resolve(true)),
    });
    const all = Array.from({ length: 9 }, (_, i) => isOf("x", i < 4 ? "bad" : "good"));
    const states = (await Promise.allSettled(all)).map(({ status }) => status);
    expect(states).toEqual([...Array<string>(4).fill("rejected"), ...Array<string>(5).fill("fulfilled")]);
  });
});
