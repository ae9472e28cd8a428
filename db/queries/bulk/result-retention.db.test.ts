import { beforeEach, describe, expect, it } from "vitest";
import { deleteOldImports, expireReports } from "./result-retention";
import { findReport, listRequestedReports } from "@/db/queries/reports";
import { queueReportWithin, type ReportAllowance } from "./queue-report";
import { cancelReport } from "@/db/queries/report-queue";
import { testDb } from "@/db/testing/test-db";

const database = testDb();

beforeEach(async () => {
  await database().sql`truncate reports, report_rows, imports restart identity cascade`;
});

async function endedReport(daysAgo: number): Promise<number> {
  const { sql } = database();
  const [row] = await sql<{ id: string }[]>`
    insert into reports (origin, scope, method, as_of, state, dedupe_key, finished_at)
    values ('request', 'fleet', 'poll_count', now(), 'complete', ${String(Math.random())},
      now() - make_interval(days => ${daysAgo})) returning id`;
  const id = Number(row?.id);
  await sql`insert into report_rows (report_id, store_id, store_key, figures) values (${id}, 'a', 1, '{0,0,0,0,0,0}')`;
  return id;
}

async function endedImport(daysAgo: number): Promise<void> {
  const { sql } = database();
  const [row] = await sql<{ id: string }[]>`
    insert into imports (kind, state, dry_run, abort_on_reject, error_code, finished_at)
    values ('polls', 'failed', false, false, 'x', now() - make_interval(days => ${daysAgo})) returning id`;
  await sql`
    insert into import_rejects (import_id, seq, line, byte_offset, column_name, code, reason, raw)
    values (${row?.id ?? ""}, 0, 2, 0, '', 'x', '', '')`;
}

describe("results that ended long ago", () => {
  it("G16 deletes a report's rows, and remembers for a year that it existed", async () => {
    const { sql } = database();
    const [old, kept] = [await endedReport(91), await endedReport(89)];
    expect(await expireReports(database(), 90)).toBe(1);
    expect(await sql`select report_id::int from report_rows`).toEqual([{ report_id: kept }]);
    expect((await findReport(database(), old))?.expiredAt).not.toBeNull();
    expect((await listRequestedReports(database(), null, 10)).map(({ id }) => id)).toEqual([kept]);
    expect(await expireReports(database(), 90)).toBe(0);
    await sql`update reports set expired_at = now() - interval '2 years' where id = ${old}`;
    await expireReports(database(), 90);
    expect(await findReport(database(), old)).toBeNull();
  });

  it("deletes imports with their rejects, but none in progress", async () => {
    const { sql } = database();
    await endedImport(91);
    await endedImport(89);
    await sql`insert into imports (kind, state, dry_run, abort_on_reject, created_at)
      values ('polls', 'queued', false, false, now() - interval '1 year')`;
    expect(await deleteOldImports(database(), 90)).toBe(1);
    expect(await sql`select id::int from imports order by id`).toEqual([{ id: 2 }, { id: 3 }]);
    expect(await sql`select import_id::int from import_rejects`).toEqual([{ import_id: 2 }]);
  });
});

describe("reports under way", () => {
  const queue = (key: string, requestedBy: string): Promise<number | null> => {
    const allowance: ReportAllowance = { requestedBy, maxPerAccount: 2, maxOverall: 3 };
    const report = { scope: "fleet", storeKeys: null, method: "interpolated", asOf: 0, dedupeKey: key } as const;
    return queueReportWithin(database(), report, allowance);
  };

  it("H18 are limited per account and in total", async () => {
    expect(await Promise.all([queue("a", "one"), queue("b", "one")])).not.toContain(null);
    expect(await queue("c", "one")).toBeNull();
    expect(await queue("d", "two")).not.toBeNull();
    expect(await queue("e", "three")).toBeNull();
  });

  it("H18 can be joined, and make room when they end", async () => {
    const first = await queue("a", "one");
    await queue("b", "one");
    expect(await queue("a", "one")).toBe(first);
    expect(await queue("c", "one")).toBeNull();
    expect(await cancelReport(database(), first ?? 0, { code: "cancelled", reason: "" })).toBe(true);
    expect(await cancelReport(database(), first ?? 0, { code: "cancelled", reason: "" })).toBe(false);
    expect(await queue("c", "one")).not.toBeNull();
  });
});
