import { beforeAll, describe, expect, it } from "vitest";
import { testDb } from "@/db/testing/test-db";
import { importFile } from "@/lib/server/imports/import-file";
import type { ImportKind } from "@/lib/server/imports/csv-header";
import { layHours, parseWallTime } from "@/lib/uptime/business-hours";
import vectors from "@/lib/uptime/vectors.json";
import { defaultReachMs } from "@/lib/uptime/windows";
import { computeReport } from "@/lib/server/figures/compute-report";
import { estimatesOf, pollCountsOf } from "@/lib/server/figures/figures";

/**
 * The worked cases of the definition again, each as a store: through the CSV reader, the merge, the packed stream and
 * the report. Reports have a fixed reach, so cases with another one are skipped.
 */
const cases = vectors.map((vector, index) => ({ ...vector, storeId: `case-${String(index)}` }));
const database = testDb();
const keys = new Map<string, number>();

async function load(kind: ImportKind, lines: readonly string[]): Promise<void> {
  async function* source(): AsyncGenerator<Uint8Array> {
    await Promise.resolve();
    yield Buffer.from(lines.join("\r\n"));
  }
  const result = await importFile(database(), { kind, source: source(), now: Date.parse("2028-01-01") });
  expect(result.counts).toMatchObject({ rejected: 0 });
}

beforeAll(async () => {
  await load("timezones", ["store_id,timezone_str", ...cases.map(({ storeId, timeZone }) => `${storeId},${timeZone}`)]);
  await load("hours", [
    "store_id,day,start_time_local,end_time_local",
    ...cases.flatMap(({ storeId, weeklyHours }) =>
      weeklyHours.map(({ day, start, end }) => `${storeId},${String(day)},${start},${end}`),
    ),
  ]);
  await load("polls", [
    "store_id,status,timestamp_utc",
    ...cases.flatMap(({ storeId, polls }) =>
      polls.map(({ at, status }) => `${storeId},${status},${at.replace("T", " ").replace("Z", "999 UTC")}`),
    ),
  ]);
  const { sql } = database();
  for (const row of await sql<{ store_id: string; store_key: number }[]>`select store_id, store_key from stores`) {
    keys.set(row.store_id, row.store_key);
  }
  for (const { storeId, exceptions } of cases) {
    for (const { date, hours } of exceptions) {
      const laid = hours.map(({ start, end }) => layHours(parseWallTime(start) ?? -1, parseWallTime(end) ?? -1));
      for (const row of laid.length === 0 ? [{ startSecond: 0, endSecond: 0 }] : laid) {
        await sql`
          insert into schedule_exceptions (store_key, local_date, start_second, end_second)
          values (${keys.get(storeId) ?? 0}, ${date}, ${row?.startSecond ?? -1}, ${row?.endSecond ?? -1})`;
      }
    }
  }
});

describe("a report of each worked case", () => {
  it("is requested for all cases", () => {
    expect(cases).toHaveLength(400);
    expect(cases.filter(({ reachMinutes }) => reachMinutes * 60_000 === defaultReachMs).length).toBeGreaterThan(150);
  });

  it.each(cases.map((one) => [one.storeId, one.name, one] as const))("%s: %s", async (storeId, _name, one) => {
    const asOf = Date.parse(one.asOf);
    const storeKeys = [keys.get(storeId) ?? 0];
    const counted = await computeReport(database(), { storeKeys, method: "poll_count", asOf });
    expect(counted.storeIds).toEqual([storeId]);
    expect(pollCountsOf(counted.figures)).toEqual(one.expected.pollCount);
    if (one.reachMinutes * 60_000 !== defaultReachMs) return;
    const interpolated = await computeReport(database(), { storeKeys, method: "interpolated", asOf });
    expect(estimatesOf(interpolated.figures)).toEqual(one.expected.interpolated);
  });
});
