import { expect, it } from "vitest";
import { mostRejectedStores, RejectedRoom, RejectedStores } from "./rejected-stores";
import { StoreIds } from "./store-ids";

const full = expect.objectContaining({ code: "too_many_rejects" }) as Error;

it("remembers each store once, up to a maximum, and then rejects the file", () => {
  const rejected = new RejectedStores(new StoreIds());
  for (let i = 0; i < mostRejectedStores; i++) rejected.add(`s${String(i)}`);
  rejected.add("s0");
  rejected.add("no id");
  expect([...rejected.ids]).toHaveLength(mostRejectedStores);
  expect(() => {
    rejected.add("one more");
  }).not.toThrow();
  expect(() => {
    rejected.add("one-more");
  }).toThrow(full);
});

it("counts the stores of every date of a file together", () => {
  const stores = new StoreIds();
  const room = new RejectedRoom();
  for (let i = 0; i < mostRejectedStores; i++) new RejectedStores(stores, room).add("a");
  expect(() => {
    new RejectedStores(stores, room).add("a");
  }).toThrow(full);
});
