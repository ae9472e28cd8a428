import { beforeEach, expect, it } from "vitest";
import { testDb } from "@/db/testing/test-db";
import { CreateReportSchema } from "@/lib/contract/reports";
import { asCurrent, openViewer, type Viewer } from "@/lib/server/access/viewer";
import { changeAs } from "@/lib/server/access/as-viewer";
import { clear, importRows } from "@/lib/server/imports/test-support/import-text";
import { findFilteredSnapshot, requestReport, retryReport } from "./request-report";
import { computeNextReport, makeSnapshot } from "./test-support/compute-next-report";

const database = testDb();

beforeEach(async () => {
  await clear(database());
  await importRows(
    database(),
    "polls",
    ["a", "b", "c", "d"].map((id) => `${id},active,2023-01-01T00:00:00Z`),
  );
  await database().sql`update stores set brand = 'x' where store_id <> 'd'`;
  await database().sql`update stores set lifecycle = 'paused', lifecycle_since = now() where store_id = 'c'`;
});

/** The stores of the report that a viewer gets for a filter. */
async function storesOf(filter: object, viewer: Viewer = openViewer): Promise<readonly string[]> {
  const body = CreateReportSchema.parse({ filter });
  const snapshot = await findFilteredSnapshot(database(), body);
  const report = await changeAs(database(), viewer, (tx) =>
    requestReport(tx, asCurrent(viewer), body, Date.now(), snapshot),
  );
  expect(report).toMatchObject({ scope: "stores", filter });
  await computeNextReport(database());
  const rows = await database().sql<{ id: string }[]>`
    select store_id as id from report_rows where report_id = ${report.id} order by store_id`;
  return rows.map(({ id }) => id);
}

it("is about the stores that match its filter, paused ones only where it asks for them", async () => {
  await makeSnapshot(database());
  expect(await storesOf({ brand: "x" })).toEqual(["a", "b"]);
  expect(await storesOf({ brand: "x", q: "B" })).toEqual(["b"]);
  expect(await storesOf({ state: "paused" })).toEqual(["c"]);
});

it("is about no store that the viewer does not see", async () => {
  await makeSnapshot(database());
  const [row] = await database().sql<{ key: number }[]>`select store_key as key from stores where store_id = 'b'`;
  const stores = [row?.key ?? 0];
  const owner: Viewer = { ...openViewer, kind: "person", principal: "person:1", account: "person:1", stores };
  expect(await storesOf({ brand: "x" }, owner)).toEqual(["b"]);
});

it("is refused where no store matches, and before there is a snapshot to match", async () => {
  await database().sql`delete from reports`;
  await expect(storesOf({ brand: "x" })).rejects.toMatchObject({ code: "no_snapshot" });
  await makeSnapshot(database());
  await expect(storesOf({ brand: "y" })).rejects.toMatchObject({ code: "store_not_found" });
});

it("joins one of the same filter only, and is repeated with its filter", async () => {
  await makeSnapshot(database());
  const request = async (filter: object) => {
    const body = CreateReportSchema.parse({ filter });
    const snapshot = await findFilteredSnapshot(database(), body);
    return changeAs(database(), openViewer, (tx, current) => requestReport(tx, current, body, Date.now(), snapshot));
  };
  const first = await request({ brand: "x" });
  expect((await request({ brand: "x" })).id).toBe(first.id);
  const second = await request({ brand: "x", preset: "on_track" });
  expect(second.id).not.toBe(first.id);
  const again = await changeAs(database(), openViewer, async (tx, current) => {
    await tx.sql`update reports set state = 'failed', failure_code = 'x', finished_at = now() where id = ${first.id}`;
    return retryReport(tx, current, first.id);
  });
  expect(again).toMatchObject({ scope: "stores", filter: { brand: "x" } });
  expect(again.id).not.toBe(first.id);
});

it("has one scope, and a filter with a condition", () => {
  for (const body of [{}, { filter: {} }, { filter: { q: "" } }, { filter: { q: "a" }, scope: "fleet" }]) {
    expect([body, CreateReportSchema.safeParse(body).success]).toEqual([body, false]);
  }
});
