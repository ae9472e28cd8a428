import { expect, it } from "vitest";
import { ChangeStoresSchema } from "@/lib/contract/store-changes";
import { bulkActions, changedIds, fieldOf, outcomeText, toChange } from "./bulk-action";

it.each(bulkActions)("sends what the API takes to %s", (action) => {
  expect(ChangeStoresSchema.safeParse({ store_ids: ["a"], ...toChange(action, " North ") }).success).toBe(true);
  const empty = ChangeStoresSchema.safeParse({ store_ids: ["a"], ...toChange(action, " ") }).success;
  expect(empty).toBe(fieldOf(action) !== "tag");
});

it("says what became of the stores, and what will", () => {
  const counts = { changed: 1200, unchanged: 1, refused: 2 };
  expect(outcomeText({ dry_run: true, ...counts })).toBe(
    "1,200 stores will change. 1 store needs no change. 2 stores can’t be changed.",
  );
  expect(outcomeText({ dry_run: false, changed: 1, unchanged: 0, refused: 0 })).toBe("1 store changed.");
});

it("changes only the stores that the preview says will change", () => {
  const results = (["changed", "unchanged", "refused", "changed"] as const).map((result, at) => ({
    ...{ store_id: `s${String(at)}`, result, code: null },
  }));
  expect(changedIds({ results })).toEqual(["s0", "s3"]);
});
