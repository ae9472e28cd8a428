import { expect, it } from "vitest";
import { testDb } from "@/db/testing/test-db";
import { openViewer } from "@/lib/server/access/viewer";
import { importRows } from "@/lib/server/imports/test-support/import-text";
import { roundedIds } from "./ingest-polls";

const database = testDb();
const id = "8419537941919820732";
const rounded = ["8419537941919821000", "8419537941919820000"] as const;
const importPolls = (ids: readonly string[]) =>
  importRows(
    database(),
    "polls",
    ids.map((one, i) => `${one},active,2023-01-24 17:${String(10 + (i % 50))}:00 UTC`),
  );

const poll = (store_id: string) => ({ store_id, at: "2023-01-25T17:30Z", status: "active" });

it("accepts ids that end in zeros while no known store can have been meant", async () => {
  expect(await importPolls(["5000000000000000000"])).toMatchObject({ outcome: "complete", counts: { accepted: 1 } });
  expect(await importPolls([id])).toMatchObject({ outcome: "complete", counts: { accepted: 1 } });
});

it("rejects ids of a file that known stores were rounded to, and names the stores", async () => {
  const good = Array.from({ length: 60 }, () => id);
  const result = await importPolls([...good, ...rounded, "5000000000000000000"]);
  expect(result).toMatchObject({ outcome: "complete", counts: { rejected: 2 } });
  expect(result.rejects).toMatchObject(
    rounded.map(() => ({ code: "id_damaged_by_spreadsheet", reason: expect.stringContaining(id) as string })),
  );
  const stores = await database().sql<{ store_id: string }[]>`select store_id from stores order by store_id`;
  expect(stores.map(({ store_id }) => store_id)).toEqual(["5000000000000000000", id]);
});

it("rejects them in a live batch, and no others", async () => {
  const values = [...rounded, id, "5000000000000000000", "1234567890123450000"].map(poll);
  const found = await roundedIds(database(), openViewer, values);
  expect([...found.keys()].sort()).toEqual([...rounded].sort());
  for (const reason of found.values()) expect(reason).toContain(id);
});
