import { expect, it } from "vitest";
import { testDb } from "@/db/testing/test-db";
import { withImportSession } from "./import-session";
import { readSnapshotNeed } from "./snapshot-need";

const database = testDb();

it("returns the versions of the data and of the newest complete snapshot", async () => {
  const { sql } = database();
  expect(await readSnapshotNeed(database())).toEqual({ dataVersion: 0, snapshotVersion: null, isImporting: false });
  await sql`update fleet_state set data_version = 7`;
  await sql`
    insert into reports (id, origin, scope, method, as_of, state, dedupe_key, data_version, finished_at)
    overriding system value
    select id, 'snapshot', 'fleet', 'interpolated', now(), state, id, version, case when state = 'complete' then now() end
    from (values (1, 'complete', 3), (2, 'complete', 5), (3, 'queued', 7)) as made (id, state, version)`;
  expect(await readSnapshotNeed(database())).toEqual({ dataVersion: 7, snapshotVersion: 5, isImporting: false });
});

it("sees imports of every process while they run, and queued ones", async () => {
  const { sql } = database();
  const isImporting = async (): Promise<boolean> => (await readSnapshotNeed(database())).isImporting;
  await withImportSession(database(), async () => {
    await withImportSession(database(), async () => expect(await isImporting()).toBe(true));
    expect(await isImporting()).toBe(true);
  });
  const failing = withImportSession(database(), () => Promise.reject(new Error("a bad file")));
  await expect(failing).rejects.toThrow("a bad file");
  expect(await isImporting()).toBe(false);
  await sql`insert into imports (kind, state, dry_run, abort_on_reject) values ('polls', 'queued', false, false)`;
  expect(await isImporting()).toBe(true);
  await sql`update imports set state = 'cancelled', finished_at = now()`;
  expect(await isImporting()).toBe(false);
});
