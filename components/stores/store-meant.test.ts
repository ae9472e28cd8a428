import { expect, it } from "vitest";
import { storeMeant } from "./store-meant";

const found = (...ids: string[]) => ids.map((id) => ({ store_id: id }));

it("takes the store with the id, or the only one that matches", () => {
  expect(storeMeant("74", found("174", "74", "740"))).toBe("74");
  expect(storeMeant("main st", found("8419"))).toBe("8419");
});

it("takes none where several match, or none does", () => {
  expect(storeMeant("main", found("74", "75"))).toBeNull();
  expect(storeMeant("main", [])).toBeNull();
});
