import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findJsonFault } from "./json-shape";

describe("the shape of a JSON text", () => {
  it.each([
    ['{"a":1,"a":2}', "a"],
    ['{"a":1,"\\u0061":2}', "a"],
    ['{"x":{"b":1,"c":[{"d":1,"d":1}]}}', "d"],
    ['[{"a":1},{"b":{"q":"}","q":0}}]', "q"],
    ['{"":1,"":2}', ""],
    ['{"__proto__":1,"__proto__":2}', "__proto__"],
  ])("H6 %s names %s twice", (text, key) => {
    expect(findJsonFault(text, 32)).toEqual({ fault: "duplicate_key", key });
  });

  it.each([
    '{"a":"a","b":"a"}',
    '[{"a":1},{"a":1}]',
    '{"a":{"a":{"a":["a","a"]}}}',
    '{"a,":1,"a":",\\"a"}',
    '"a"',
    "{",
  ])("H6 %s names nothing twice", (text) => {
    expect(findJsonFault(text, 32)).toBeNull();
  });

  it.each([
    ["values", `[${"1,".repeat(50_001)}1]`],
    ["arrays", `[${"[],".repeat(30_000)}[]]`],
    ["members", `{${Array.from({ length: 50_002 }, (_, i) => `"\\u0061${i}":1`).join(",")}}`],
    ["names in one object", `[{${Array.from({ length: 1_001 }, (_, i) => `"${i}":1`).join(",")}}]`],
  ])("stops at too many %s", (_, text) => {
    expect(findJsonFault(text, 32)).toEqual({ fault: "too_complex" });
  });

  it("finds nothing in what JSON.stringify writes, however deep", () => {
    fc.assert(
      fc.property(fc.json({ depthSize: "large" }), (text) => {
        expect(findJsonFault(text, 1_000)).toBeNull();
      }),
    );
  });

  it("finds every name that is repeated", () => {
    const arbObject = fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1, maxKeys: 24, size: "large" });
    fc.assert(
      fc.property(arbObject, fc.nat(), (object, pick) => {
        const names = Object.keys(object);
        const name = names[pick % names.length] ?? "";
        const text = `${JSON.stringify(object).slice(0, -1)},${JSON.stringify(name)}:0}`;
        expect(findJsonFault(text, 1_000)).toEqual({ fault: "duplicate_key", key: name });
      }),
    );
  });

  it("H9 counts levels of objects and arrays, not of what strings say", () => {
    expect(findJsonFault("[".repeat(32) + "]".repeat(32), 32)).toBeNull();
    expect(findJsonFault('{"a":'.repeat(33), 32)).toEqual({ fault: "too_deep" });
    expect(findJsonFault(`"${"[".repeat(100)}"`, 32)).toBeNull();
    expect(findJsonFault("[[],[],[]]", 2)).toBeNull();
  });
});
