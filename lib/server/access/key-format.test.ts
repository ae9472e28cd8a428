import fc from "fast-check";
import { expect, it } from "vitest";
import { findKeyIn, formatKey, makeKey, parseKey } from "./key-format";

it("parses every key that it creates, by itself and in an address", () => {
  for (let i = 0; i < 200; i++) {
    const key = makeKey();
    const text = formatKey(key);
    expect(text).toMatch(/^sm_live_[a-z2-7]{8}_.{43}_.{6}$/);
    expect(parseKey(text)).toEqual(key);
    expect(findKeyIn(`/api/v1/stores?key=${text}&q=1`)).toEqual(key);
  }
});

it("rejects a key with a character changed, added or missing", () => {
  const text = formatKey(makeKey());
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: text.length - 1 }),
      fc.constantFrom("a", "B", "7", "_", "-", ""),
      (at, sign) => {
        const changed = text.slice(0, at) + sign + text.slice(at + 1);
        fc.pre(changed !== text);
        expect(parseKey(changed)).toBeNull();
      },
    ),
  );
  expect(parseKey(`${text}a`)).toBeNull();
  expect(parseKey("")).toBeNull();
});
