import { beforeEach, expect, it } from "vitest";
import { testDb } from "@/db/testing/test-db";
import { openViewer } from "@/lib/server/access/viewer";
import { computeReport } from "@/lib/server/figures/compute-report";
import { estimatesOf } from "@/lib/server/figures/figures";
import { getStore } from "@/lib/server/stores/get-store";
import { clear, countsOf, importRows } from "./test-support/import-text";

const database = testDb();
beforeEach(() => clear(database()));

const asOf = Date.parse("2023-01-25T18:00:00Z");
const allDays = (store: string): string[] => Array.from({ length: 7 }, (_, day) => `${store},${day},closed,closed`);

async function openHours(storeId: string): Promise<number> {
  const { sql } = database();
  const [row] = await sql<{ store_key: number }[]>`select store_key from stores where store_id = ${storeId}`;
  const report = await computeReport(database(), { storeKeys: [row?.store_key ?? 0], method: "interpolated", asOf });
  return estimatesOf(report.figures).week.openMs / 3_600_000;
}

it("never opens a store with all days closed, and always opens one without rows", async () => {
  await importRows(database(), "hours", [...allDays("never"), "some,0,,", "some,1,09:00,17:00"]);
  await importRows(database(), "polls", [
    "never,active,2023-01-25 17:00:00 UTC",
    "always,active,2023-01-25 17:00:00 UTC",
    "some,active,2023-01-25 17:00:00 UTC",
  ]);
  expect(await openHours("never")).toBe(0);
  expect(await openHours("always")).toBe(168);
  expect(await openHours("some")).toBe(8);
  expect(await getStore(database(), openViewer, "never")).toMatchObject({
    ...{ hours_source: "given", business_hours: [], closed_days: [0, 1, 2, 3, 4, 5, 6] },
    ...{ state: "closed", opens_at: null, closes_at: null },
  });
  expect(await getStore(database(), openViewer, "always")).toMatchObject({ hours_source: "assumed", closed_days: [] });
  expect(await getStore(database(), openViewer, "some")).toMatchObject({
    ...{ hours_source: "given", closed_days: [0] },
    business_hours: [{ day: 1, start: "09:00:00", end: "17:00:00" }],
  });
});

it("counts rows again, and prefers hours to closed with a warning", async () => {
  expect(countsOf(await importRows(database(), "hours", allDays("a")))).toEqual([7, 0, 0, 0, 0]);
  expect(countsOf(await importRows(database(), "hours", allDays("a")))).toEqual([0, 7, 0, 0, 0]);
  const mixed = await importRows(database(), "hours", ["a,0,closed,", "a,0,09:00,17:00", "a,1,,"]);
  expect(countsOf(mixed)).toEqual([1, 1, 1, 0, 0]);
  expect(mixed.warnings).toMatchObject([{ code: "conflicting_hours", count: 1 }]);
  await importRows(database(), "polls", ["a,active,2023-01-25 17:00:00 UTC"]);
  expect(await openHours("a")).toBe(8);
});

it("accepts the word closed for an exception, too", async () => {
  await importRows(database(), "hours", ["a,2,09:00,17:00"]);
  await importRows(database(), "polls", ["a,active,2023-01-25 17:00:00 UTC"]);
  expect(await openHours("a")).toBeGreaterThan(0);
  await importRows(database(), "exceptions", ["a,2023-01-25,Closed,", "a,2023-01-18,,closed"]);
  expect(await openHours("a")).toBe(0);
});
