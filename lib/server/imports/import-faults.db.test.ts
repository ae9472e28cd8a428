import { beforeEach, expect, it } from "vitest";
import { testDb } from "@/db/testing/test-db";
import { importFile } from "./import-file";
import { clear, countsOf, dataVersion, endState, importRows } from "./test-support/import-text";
import { testNow } from "./test-support/read-bytes";

const database = testDb();
beforeEach(() => clear(database()));

const rows = Array.from({ length: 60_000 }, (_, i) => {
  const at = new Date(Date.UTC(2023, 0, 1) + i * 1_000).toISOString();
  return `store-${(i % 50).toString()},active,${at}`;
});

/** The file in pieces; `between` is called before each but the first two. */
async function* source(between: () => Promise<void>): AsyncGenerator<Uint8Array> {
  yield Buffer.from("store_id,status,timestamp_utc\n");
  for (let i = 0; i < rows.length; i += 15_000) {
    if (i > 0) await between();
    yield Buffer.from(`${rows.slice(i, i + 15_000).join("\n")}\n`);
  }
}

/** Runs an import that must fail, and checks that it left nothing behind and that the next one works. */
async function expectNothingOf(importing: () => Promise<unknown>, reason: RegExp): Promise<void> {
  const before = [await endState(database()), await dataVersion(database())];
  await expect(importing()).rejects.toThrow(reason);
  expect([await endState(database()), await dataVersion(database())]).toEqual(before);
  // More than once, so that every connection of the pool is used.
  for (let i = 0; i < 12; i++) {
    const [row] = await database().sql<{ timeout: string }[]>`select current_setting('statement_timeout') as timeout`;
    expect(row?.timeout).toBe("30s");
  }
  expect(countsOf(await importRows(database(), "polls", rows))).toEqual([60_000, 0, 0, 0, 0]);
}

const importBackend = `select pid from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid() and query ilike '%import_polls%' and state <> 'idle'`;

it("keeps nothing when the source fails in the middle", async () => {
  const broken = (): Promise<void> => Promise.reject(new Error("the line was cut"));
  await expectNothingOf(
    () => importFile(database(), { kind: "polls", source: source(broken), now: testNow }),
    /the line was cut/,
  );
});

it("keeps nothing when the database connection is lost in the middle of the COPY", async () => {
  let killed = 0;
  const kill = async (): Promise<void> => {
    const ended = await database().sql.unsafe(`select pg_terminate_backend(pid) from (${importBackend}) as b`);
    killed += ended.length;
    await new Promise((resolve) => setTimeout(resolve, 50));
  };
  await expectNothingOf(
    () => importFile(database(), { kind: "polls", source: source(kill), now: testNow }),
    /terminating connection|CONNECTION_|EPIPE|ECONNRESET|closed|destroyed/i,
  );
  expect(killed).toBeGreaterThan(0);
});

it("keeps nothing when it is aborted while it reads", async () => {
  const stop = new AbortController();
  const give = (): Promise<void> => {
    stop.abort(new Error("given up"));
    return Promise.resolve();
  };
  await expectNothingOf(
    () => importFile(database(), { kind: "polls", source: source(give), now: testNow, signal: stop.signal }),
    /given up/,
  );
});

it("keeps nothing when it is aborted while the database merges", async () => {
  const stop = new AbortController();
  await importRows(database(), "polls", ["held,active,2023-01-01 00:00:00"]);
  // Another transaction holds a store that the merge wants to insert, so the merge waits until it is aborted.
  const holder = await database().sql.reserve();
  await holder`begin`;
  await holder`insert into stores (store_id) values ('store-1')`;
  const waits = async (): Promise<void> => {
    for (;;) {
      const waiting = await database().sql`
        select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      if (waiting.length > 0) break;
    }
    stop.abort(new Error("given up"));
  };
  const merging = importFile(database(), {
    kind: "polls",
    source: source(() => Promise.resolve()),
    now: testNow,
    signal: stop.signal,
  });
  const failed = expect(merging).rejects.toThrow(/given up/);
  await waits();
  await failed;
  await holder`rollback`;
  holder.release();
  const [held] = await database().sql<{ polls: string; stores: string }[]>`
    select (select count(*) from polls) as polls, (select count(*) from stores) as stores`;
  expect(held).toEqual({ polls: "1", stores: "1" });
  expect(countsOf(await importRows(database(), "polls", rows))).toEqual([60_000, 0, 0, 0, 0]);
});

it("leaves no temporary table and no connection behind", async () => {
  for (let i = 0; i < 25; i++) await importRows(database(), "polls", ["a,active,2023-01-01 00:00:00"]);
  const left = await database()
    .sql`select relname from pg_class where relname like 'import\\_%' and relpersistence = 't'`;
  expect(left).toEqual([]);
  const [row] = await database().sql<{ count: string }[]>`
    select count(*) from pg_stat_activity where datname = current_database()`;
  expect(Number(row?.count)).toBeLessThanOrEqual(10);
});
