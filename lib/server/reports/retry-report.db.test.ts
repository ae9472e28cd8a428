import { beforeAll, expect, it } from "vitest";
import { findReport } from "@/db/queries/reports";
import { testDb } from "@/db/testing/test-db";
import { changeAs } from "@/lib/server/access/as-viewer";
import { openViewer, type Viewer } from "@/lib/server/access/viewer";
import { cancelReport } from "./cancel-report";
import { getReport } from "./get-report";
import { listReports } from "./list-reports";
import { requestReport, retryReport } from "./request-report";

const database = testDb();
const asOf = "2023-01-25T18:13:00.000Z";
const now = Date.parse("2023-01-26T00:00:00Z");

function ownerOf(personId: number, stores: readonly number[]): Viewer {
  const account = `person:${personId}`;
  return {
    kind: "person",
    principal: account,
    address: "",
    account,
    scopes: ["reports:read", "reports:write"],
    stores,
    managed: [],
    credential: null,
    admittedTo: null,
  };
}

beforeAll(async () => {
  const { sql } = database();
  await sql`insert into stores (store_id) values ('a'), ('b'), ('c')`;
  await sql`
    insert into people (email, name, role, password_hash)
    values ('ada@x.org', 'Ada Lovelace', 'owner', ''), ('bob@x.org', 'Bob', 'owner', '')`;
  await sql`
    insert into api_keys (id, name, secret_hash, scopes, created_by)
    values ('abcd2345', 'Nightly export', sha256('x'), '{reports:write}', 'person:1')`;
});

const request = (viewer: Viewer, storeIds: string[]) =>
  changeAs(database(), viewer, (tx, current) =>
    requestReport(tx, current, { store_ids: storeIds, as_of: asOf, method: "poll_count" }, now),
  );
const retry = (viewer: Viewer, id: number) =>
  changeAs(database(), viewer, (tx, current) => retryReport(tx, current, id));

it("requests the same stores by the same method as of the same instant, and joins one that has not ended", async () => {
  const first = await request(openViewer, ["a", "c"]);
  expect((await retry(openViewer, first.id)).id).toBe(first.id);
  await cancelReport(database(), openViewer, first.id);
  const second = await retry(openViewer, first.id);
  expect(second).toMatchObject({ state: "queued", scope: "stores", method: "poll_count", as_of: asOf, failure: null });
  expect(second.id).not.toBe(first.id);
  expect((await findReport(database(), second.id))?.storeKeys).toEqual([1, 3]);
  expect((await retry(openViewer, second.id)).id).toBe(second.id);
  await expect(retry(openViewer, 900)).rejects.toMatchObject({ code: "report_not_found" });
});

it("repeats a person's own report, and no one else's", async () => {
  const [ada, bob] = [ownerOf(1, [1, 2]), ownerOf(2, [1, 2])];
  const { id } = await request(ada, ["a", "b"]);
  await expect(retry(bob, id)).rejects.toMatchObject({ code: "report_not_found" });
  // After an owner loses stores, their earlier reports of these stores are no longer theirs.
  await expect(retry(ownerOf(1, [1]), id)).rejects.toMatchObject({ code: "report_not_found" });
  expect((await retry(ada, id)).id).toBe(id);
});

it("names who requested it: to everyone who sees all reports, and to each of their own", async () => {
  const ada = ownerOf(1, [1, 2]);
  const key: Viewer = { ...openViewer, kind: "key", principal: "key:abcd2345", account: "key:abcd2345" };
  const gone: Viewer = { ...openViewer, kind: "key", principal: "key:zzzz2345", account: "key:zzzz2345" };
  const mine = await request(ada, ["a"]);
  expect(mine.requested_by).toEqual({ account: "person:1", name: "Ada Lovelace" });
  expect((await getReport(database(), ada, mine.id)).requested_by.name).toBe("Ada Lovelace");
  const keys = await request(key, ["b"]);
  const lost = await request(gone, ["c"]);
  const { reports } = await listReports(database(), openViewer, { limit: 50 });
  const named = new Map(reports.map(({ id, requested_by: { name } }) => [id, name]));
  expect([mine, keys, lost].map(({ id }) => named.get(id))).toEqual(["Ada Lovelace", "Nightly export", null]);
});

it("reveals no names of others under row-level security", async () => {
  const [row] = await changeAs(
    database(),
    ownerOf(1, [1]),
    (tx) => tx.sql<{ own: string | null; other: string | null }[]>`
      select account_name('person:1') as own, account_name('person:2') as other`,
  );
  expect(row).toEqual({ own: "Ada Lovelace", other: null });
});
