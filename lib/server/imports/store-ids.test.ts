import fc from "fast-check";
import { expect, it } from "vitest";
import { spreadsheetRoundedIds } from "@/lib/server/text/store-id-rule";
import { StoreIds } from "./store-ids";

const arbId = fc.oneof(
  fc.string({ unit: fc.constantFrom("a", "B", "0", "1", "_"), minLength: 1, maxLength: 4 }),
  fc.bigInt({ min: 10n ** 18n, max: 10n ** 19n - 1n }).map(String),
  fc.uuid(),
);

it("numbers ids in order of their first row, as a map does", () => {
  fc.assert(
    fc.property(fc.array(arbId, { maxLength: 60 }), (ids) => {
      const stores = new StoreIds();
      const expected = new Map<string, number>();
      for (const id of ids) {
        const padded = Buffer.from(`--${id}--`);
        if (!expected.has(id)) expected.set(id, expected.size);
        expect(stores.numberOf(padded, 2, 2 + id.length)).toBe(expected.get(id));
      }
      expect(Array.from({ length: stores.size }, (_, i) => stores.at(i))).toEqual([...expected.keys()]);
    }),
  );
});

it("keeps its numbers as it grows", () => {
  const stores = new StoreIds();
  const ids = Array.from({ length: 30_000 }, (_, i) => `store-${i.toString()}`);
  for (const round of [1, 2]) {
    for (const [i, id] of ids.entries())
      expect([round, stores.numberOf(Buffer.from(id), 0, id.length)]).toEqual([round, i]);
  }
  expect(stores.at(29_999)).toBe("store-29999");
});

it("treats a UUID in either case as one store, and rejects any other form", () => {
  const stores = new StoreIds();
  const numberOf = (id: string): number => stores.numberOf(Buffer.from(id), 0, id.length);
  expect(numberOf("D84A4552-3668-4075-AD1D-16840294F818")).toBe(0);
  expect(numberOf("d84a4552-3668-4075-ad1d-16840294f818")).toBe(0);
  expect(numberOf("Abc")).toBe(1);
  expect(numberOf("abc")).toBe(2);
  expect(stores.at(0)).toBe("d84a4552-3668-4075-ad1d-16840294f818");
});

it("finds the ids between which a rounded one lies", () => {
  expect(spreadsheetRoundedIds("8.41953794191982E+018")).toEqual({
    first: "8419537941919815000",
    last: "8419537941919825000",
  });
  expect(spreadsheetRoundedIds("8.41954E+18")).toEqual({ first: "8419535000000000000", last: "8419545000000000000" });
  expect(spreadsheetRoundedIds("8.5E+1")).toBeNull();
  expect(spreadsheetRoundedIds("8E-18")).toBeNull();
  expect(spreadsheetRoundedIds("1E+999")).toBeNull();
});
