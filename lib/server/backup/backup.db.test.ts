import { Readable, Writable } from "node:stream";
import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { claimReport } from "@/db/queries/report-queue";
import { queueReport } from "@/db/queries/bulk/queue-report";
import { rebuildSchema } from "@/db/rebuild-schema";
import { testDb } from "@/db/testing/test-db";
import { migrate } from "@/db/migrate";
import { withTransaction } from "@/db/transaction";
import { loadDemoData } from "@/scripts/demo/demo-data";
import { dataVersion, endState } from "@/lib/server/imports/test-support/import-text";
import { testNow } from "@/lib/server/imports/test-support/read-bytes";
import { ingestBatch, validateBatch } from "@/lib/server/polls/ingest-polls";
import { computeReport } from "@/lib/server/figures/compute-report";
import { printReport } from "@/lib/server/reports/print-report";
import { BackupError } from "./archive";
import { restoreBackup } from "./restore-backup";
import { writeBackup } from "./write-backup";

const source = testDb();
const target = testDb();

/** Keeps what is written. @param onChunk called with each chunk, which waits for it */
function collector(onChunk: () => Promise<void> = () => Promise.resolve()): { out: Writable; bytes: () => Buffer } {
  const chunks: Buffer[] = [];
  const out = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      chunks.push(Buffer.from(chunk));
      onChunk().then(() => done(), done);
    },
  });
  return { out, bytes: () => Buffer.concat(chunks) };
}

/** In chunks of arbitrary size. */
function* cut(bytes: Buffer, size = 7_919): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const restore = (database: Database, bytes: Buffer, replace = false) => {
  return restoreBackup(database, Readable.from(cut(bytes)), { replace });
};

async function csvOf(database: Database, asOf: number): Promise<string> {
  const report = await computeReport(database, { storeKeys: null, method: "interpolated", asOf });
  return [...printReport(report, "csv")].join("");
}

async function sendPoll(database: Database, storeId: string, at: number): Promise<void> {
  const poll = { store_id: storeId, at: new Date(at).toISOString(), status: "active" };
  await ingestBatch(database, validateBatch([poll], testNow, true), (merge) => withTransaction(database, merge));
}

let archive: Buffer;
let asOf: number;

beforeAll(async () => {
  const { exampleStoreId } = await loadDemoData(source(), { now: testNow });
  const { sql } = source();
  // Text that COPY has to escape.
  await sql`update stores set name = ${"a\\b\tc\nd\\.\n\\."} where store_id = ${exampleStoreId}`;
  await queueReport(source(), { scope: "fleet", storeKeys: null, method: "poll_count", asOf: testNow, dedupeKey: "a" });
  await claimReport(source(), { worker: "test", leaseSeconds: 1, maxStores: null });
  asOf = testNow - 3_600_000;
  const { out, bytes } = collector();
  await writeBackup(source(), out);
  archive = bytes();
}, 60_000);

describe("a restored database", () => {
  it("has the same rows and gives reports of the same bytes, and continues its numbers", async () => {
    const { rows, tables } = await restore(target(), archive);
    expect(rows).toBeGreaterThan(40_000);
    expect(tables.map(({ table }) => table)).toContain("polls");
    expect([await endState(target()), await dataVersion(target())]).toEqual([
      await endState(source()),
      await dataVersion(source()),
    ]);
    expect(await csvOf(target(), asOf)).toBe(await csvOf(source(), asOf));
    const next = { scope: "fleet", storeKeys: null, method: "poll_count", asOf, dedupeKey: "next" } as const;
    expect(await queueReport(target(), next)).toBe(await queueReport(source(), next));
    const again = collector();
    await source().sql`delete from reports where dedupe_key = 'next'`;
    await target().sql`delete from reports where dedupe_key = 'next'`;
    await writeBackup(target(), again.out);
    const bodyOf = (bytes: Buffer): string =>
      bytes
        .subarray(bytes.indexOf(10))
        .toString()
        .replaceAll(/^SELECT.*|^-- end of b.*/gm, "");
    expect(bodyOf(again.bytes())).toBe(bodyOf(archive));
  });

  it("is not touched when it has data, unless told to replace it", async () => {
    await target().sql`insert into stores (store_id) values ('mine')`;
    await expect(restore(target(), archive)).rejects.toThrow(/not empty \(.*stores.*--replace/);
    expect(await target().sql`select from stores where store_id = 'mine'`).toHaveLength(1);
    await restore(target(), archive, true);
    expect(await target().sql`select from stores where store_id = 'mine'`).toHaveLength(0);
    expect(await csvOf(target(), asOf)).toBe(await csvOf(source(), asOf));
  });

  it("is not touched by an archive that is damaged anywhere, cut short, or not an archive", async () => {
    await target().sql`insert into stores (store_id) values ('mine')`;
    const before = await endState(target());
    const damaged = (at: number): Buffer => {
      const copy = Buffer.from(archive);
      copy[at] = copy[at] === 0x31 ? 0x32 : 0x31;
      return copy;
    };
    // Changes a digit of a poll's instant: still a valid poll, but not the stored one.
    const rows = archive.indexOf('COPY public."polls"');
    const inPolls = rows + archive.toString("latin1", rows, rows + 2_000).search(/\.\d\d\d\+00/) + 1;
    const faulty: Buffer[] = [
      ...[0, 40, inPolls, inPolls - 1, archive.length - 30].map(damaged),
      ...[10, inPolls, archive.length - 200, archive.length - 2].map((end) => archive.subarray(0, end)),
      Buffer.from("store_id,status,timestamp_utc\n"),
      Buffer.alloc(0),
    ];
    for (const bytes of faulty) await expect(restore(target(), bytes, true)).rejects.toThrow();
    await expect(restore(target(), damaged(inPolls), true)).rejects.toThrow(/^The rows of polls are damaged/);
    expect(await endState(target())).toEqual(before);
  });

  it("rejects an archive of another program and one of an unknown format", async () => {
    const text = archive.toString("latin1");
    const changed = (from: RegExp, to: string): Buffer => Buffer.from(text.replace(from, to), "latin1");
    await expect(restore(target(), changed(/"migrations":\["\w/, '"migrations":["Z'), true)).rejects.toThrow(
      /newer or different program/,
    );
    await expect(restore(target(), changed(/"version":1/, '"version":2'), true)).rejects.toThrow(/format 2/);
    await expect(
      restore(target(), changed(/FOR VALUES FROM/, "DEFAULT; drop table polls; --"), true),
    ).rejects.toThrow();
    await expect(restore(target(), changed(/"name":"polls"/, '"name":"pools"'), true)).rejects.toThrow(BackupError);
  });
});

describe("a backup", () => {
  it("is of one moment while polls arrive", async () => {
    const { sql } = source();
    const [{ store_id: storeId } = { store_id: "" }] = await sql<
      { store_id: string }[]
    >`select store_id from stores limit 1`;
    const [before] = await sql<{ polls: number; version: string }[]>`
      select (select count(*)::int from polls) as polls, data_version as version from fleet_state`;
    let sent = 0;
    const { out, bytes } = collector(async () => {
      if (sent < 20) await sendPoll(source(), storeId, testNow - 3_600_000 * 24 * 3 - sent++ * 1_234);
    });
    await writeBackup(source(), out);
    expect(sent).toBe(20);
    await restore(target(), bytes(), true);
    const [after] = await target().sql<{ polls: number; version: string }[]>`
      select (select count(*)::int from polls) as polls, data_version as version from fleet_state`;
    // The first poll was inserted after the snapshot, before a single row was written.
    expect(after).toEqual(before);
    const [now] = await sql<{ polls: number }[]>`select count(*)::int as polls from polls`;
    expect(now?.polls).toBe((before?.polls ?? 0) + 20);
  });

  it("of an older schema is restored as it was, and then migrated to this one", async () => {
    const { sql, url } = target();
    await withTransaction(target(), (tx) => rebuildSchema(tx, 3));
    await sql`insert into stores (store_id, name) values ('old', 'Old Store')`;
    const { out, bytes } = collector();
    await writeBackup(target(), out);
    await migrate(url);
    await expect(restore(target(), bytes())).rejects.toThrow(/not empty/);
    await sql`delete from stores`;
    await restore(target(), bytes());
    await migrate(url);
    expect(await sql`select store_id, name from stores`).toEqual([{ store_id: "old", name: "Old Store" }]);
    await restore(target(), archive, true);
    expect(await csvOf(target(), asOf)).toBe(await csvOf(source(), asOf));
  });
});
