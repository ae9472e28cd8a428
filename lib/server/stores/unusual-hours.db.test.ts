import { beforeAll, expect, it } from "vitest";
import { testDb } from "@/db/testing/test-db";
import { openViewer } from "@/lib/server/access/viewer";
import { importRows } from "@/lib/server/imports/test-support/import-text";
import type { ImportResult } from "@/lib/server/imports/import-result";
import { getDataQuality, listQuality } from "./data-quality";

const database = testDb();
let imported: ImportResult;

const week = (store: string, days: readonly number[], times: string): string[] =>
  days.map((day) => `${store},${String(day)},${times}`);

beforeAll(async () => {
  imported = await importRows(database(), "hours", [
    ...week("every-night", [0, 1, 2, 3, 4, 5, 6], "20:00,04:00"),
    ...["every-night,3,03:00,05:00"],
    ...week("sunday-night", [5, 6], "22:00,04:00"),
    ...["sunday-night,0,02:00,12:00"],
    ...week("touching", [5, 6, 0], "22:00,04:00"),
    ...["touching,1,04:00,12:00"],
    ...week("six", [0, 1, 2, 3, 4, 5], "09:00,17:00"),
    ...week("six-and-closed", [0, 1, 2, 3, 4, 5], "09:00,17:00"),
    ...["six-and-closed,6,closed,"],
    ...week("single", [0, 1, 2], "09:00,17:00"),
    ...["single,3,00:00,24:00"],
    ...week("always", [0, 1, 2, 3, 4, 5, 6], "00:00,24:00"),
    ...["never,0,closed,closed"],
  ]);
});

it.each([
  ["overlapping_nights", ["every-night", "sunday-night"]],
  ["missing_day", ["six"]],
  ["single_full_day", ["single"]],
] as const)("lists the same stores as the import's warning: %s", async (list, stores) => {
  const page = await listQuality(database(), openViewer, list, { limit: 50 });
  expect(page.entries.map((entry) => entry.store_id)).toEqual(stores);
  expect(imported.warnings.find(({ code }) => code === list)?.stores).toEqual(stores);
  expect((await getDataQuality(database(), openViewer)).counts[list]).toBe(stores.length);
});

it("lists them for a viewer of some stores, and no others", async () => {
  const { sql } = database();
  const [row] = await sql<{ key: number }[]>`select store_key as key from stores where store_id = 'sunday-night'`;
  const viewer = { ...openViewer, stores: [row?.key ?? 0], managed: [] };
  const page = await listQuality(database(), viewer, "overlapping_nights", { limit: 50 });
  expect(page.entries.map((entry) => entry.store_id)).toEqual(["sunday-night"]);
  expect((await getDataQuality(database(), viewer)).counts).toMatchObject({ overlapping_nights: 1, missing_day: 0 });
});
