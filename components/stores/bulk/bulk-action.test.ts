import { expect, it } from "vitest";
import { usualWeek } from "@/components/stores/edit/hours-draft";
import { ChangeStoresSchema } from "@/lib/contract/store-changes";
import { bulkActions, changedIds, isComplete, outcomeText, toChange } from "./bulk-action";

const hours = { zone: "", isAlways: false, week: usualWeek, isFromStart: false, date: "2026-03-01" };
const values = { text: " North ", personId: "7", level: "edit", hours } as const;

it.each(bulkActions)("sends what the API takes to %s", (action) => {
  expect(isComplete(action, values)).toBe(true);
  expect(ChangeStoresSchema.safeParse({ store_ids: ["a"], ...toChange(action, values) }).success).toBe(true);
});

it("is complete without a brand or a group, but not without a tag or a user", () => {
  const empty = { ...values, text: " ", personId: "" };
  const incomplete = bulkActions.filter((action) => !isComplete(action, empty));
  expect(incomplete).toEqual(["add_tag", "remove_tag", "set_access"]);
});

it("sets hours from a date on, or replaces all of them", () => {
  expect(toChange("set_hours", values)).toMatchObject({ valid_from: "2026-03-01" });
  const always = { ...values, hours: { ...hours, isAlways: true, isFromStart: true, date: "" } };
  expect(isComplete("set_hours", always)).toBe(true);
  expect(toChange("set_hours", always)).toEqual({ business_hours: null, valid_from: "beginning" });
});

it.each([
  ["no date", { date: "" }],
  ["a faulty day", { week: [[{ start: "09:00", end: "" }], ...usualWeek.slice(1)] }],
])("does not set hours with %s", (_, part) => {
  expect(isComplete("set_hours", { ...values, hours: { ...hours, ...part } })).toBe(false);
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
