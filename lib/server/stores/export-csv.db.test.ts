import fc from "fast-check";
import { beforeEach, expect, it } from "vitest";
import type { ExportKind } from "@/db/queries/bulk/export-rows";
import { testDb } from "@/db/testing/test-db";
import { openViewer, type Viewer } from "@/lib/server/access/viewer";
import { importFile } from "@/lib/server/imports/import-file";
import { clear, countsOf, endState, importText } from "@/lib/server/imports/test-support/import-text";
import { asSource, testNow } from "@/lib/server/imports/test-support/read-bytes";
import { makeSnapshot } from "@/lib/server/reports/test-support/compute-next-report";
import { streamExport } from "./export-csv";

const database = testDb();
beforeEach(() => clear(database()));

const exported = async (kind: ExportKind, query = {}, viewer: Viewer = openViewer): Promise<string> =>
  new Response(await streamExport(database(), viewer, kind, { bom: "0", ...query })).text();

const stores = ["a", "b", "841953794191982073"];
const time = fc.integer({ min: 0, max: 1439 }).map((minute) => {
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
});
const opening = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(time, time).filter(([start, end]) => start !== end) },
  { weight: 1, arbitrary: fc.constantFrom(["00:00", "24:00"], ["closed", "closed"], ["18:00", "23:59:59"]) },
);
const store = fc.constantFrom(...stores);
const arbHours = fc.array(fc.tuple(store, fc.integer({ min: 0, max: 6 }), opening), { minLength: 1, maxLength: 25 });
const arbDates = fc.array(fc.tuple(store, fc.integer({ min: 1, max: 28 }), opening), { minLength: 1, maxLength: 15 });
const arbPolls = fc.array(fc.tuple(store, fc.integer({ min: 0, max: 20 }), fc.boolean()), {
  minLength: 1,
  maxLength: 30,
});

const hoursFile = (rows: typeof arbHours extends fc.Arbitrary<infer T> ? T : never) =>
  `store_id,day,start_time_local,end_time_local\n${rows.map(([id, day, [from, to]]) => `${id},${String(day)},${from},${to}\n`).join("")}`;
const datesFile = (rows: typeof arbDates extends fc.Arbitrary<infer T> ? T : never) =>
  `store_id,date,start_time_local,end_time_local\n${rows.map(([id, day, [from, to]]) => `${id},2023-02-${String(day).padStart(2, "0")},${from},${to}\n`).join("")}`;
const pollsFile = (rows: typeof arbPolls extends fc.Arbitrary<infer T> ? T : never) =>
  `store_id,status,timestamp_utc\n${rows.map(([id, slot, active]) => `${id},${active ? "active" : "inactive"},${new Date(Date.UTC(2023, 0, 1) + slot * 40 * 3_600_007).toISOString()}\n`).join("")}`;

const exceptions = () => database().sql`
  select store_id, local_date::text, start_second, end_second from schedule_exceptions join stores using (store_key)
  order by 1, 2, 3, 4`;

it("exports what can be imported again, without a difference", async () => {
  await fc.assert(
    fc.asyncProperty(arbHours, arbDates, arbPolls, async (hours, dates, polls) => {
      await clear(database());
      await importText(database(), "hours", hoursFile(hours));
      await importText(database(), "exceptions", datesFile(dates));
      await importText(database(), "polls", pollsFile(polls));
      const before = [await endState(database()), await exceptions()];
      const files = {
        hours: await exported("hours"),
        exceptions: await exported("exceptions"),
        polls: await exported("polls"),
      };
      for (const kind of ["hours", "exceptions", "polls"] as const) {
        const { outcome, counts, warnings } = await importText(database(), kind, files[kind]);
        expect([outcome, counts.accepted, counts.rejected]).toEqual(["complete", 0, 0]);
        expect(warnings.map(({ code }) => code)).not.toContain("trimmed");
      }
      expect([await endState(database()), await exceptions()]).toEqual(before);
      await clear(database());
      for (const kind of ["hours", "exceptions", "polls"] as const) await importText(database(), kind, files[kind]);
      expect([await endState(database()), await exceptions()]).toEqual(before);
    }),
    { numRuns: 8 },
  );
}, 120_000);

it("exports one store, a range of polls, and only what the viewer sees", async () => {
  await importText(
    database(),
    "polls",
    pollsFile([
      ["a", 0, true],
      ["a", 5, false],
      ["b", 0, true],
    ]),
  );
  const [a] = await database().sql<{ key: number }[]>`select store_key as key from stores where store_id = 'a'`;
  expect((await exported("polls", { store_id: "b" })).split("\n")).toHaveLength(3);
  expect(await exported("polls", { store_id: "a", to: "2023-01-05T00:00:00Z" })).toBe(
    "store_id,status,timestamp_utc\na,active,2023-01-01 00:00:00.000 UTC\n",
  );
  const owner: Viewer = {
    ...openViewer,
    kind: "person",
    principal: "person:1",
    account: "person:1",
    stores: [a?.key ?? 0],
    managed: [],
  };
  expect(await exported("polls", {}, owner)).not.toContain("\nb,");
  expect((await exported("polls", {}, owner)).split("\n")).toHaveLength(4);
  await expect(exported("polls", { store_id: "b" }, owner)).rejects.toMatchObject({ code: "store_not_found" });
  await expect(exported("polls", { from: "2023-01-05T00:00Z", to: "2023-01-05T00:00Z" })).rejects.toMatchObject({
    code: "invalid_range",
  });
  await expect(exported("hours", { q: "a" })).rejects.toMatchObject({ code: "no_snapshot" });
  await makeSnapshot(database());
  expect((await exported("polls", { q: "a" }, owner)).split("\n")).toHaveLength(4);
  expect((await exported("polls", { q: "b" }, owner)).split("\n")).toHaveLength(2);
});

it("streams as of one moment, and ends its transaction when the reader goes", async () => {
  const { sql } = database();
  await importText(database(), "polls", pollsFile([["a", 0, true]]));
  await sql`insert into polls select 1, '2023-01-02T00:00Z'::timestamptz + make_interval(secs => n), true from generate_series(1, 60000) n`;
  const [{ key } = { key: 0 }] = await sql<{ key: number }[]>`select store_key as key from stores where store_id = 'a'`;
  await sql`update polls set store_key = ${key}`;
  const reader = (await streamExport(database(), openViewer, "polls", { bom: "0" })).getReader();
  const first = Buffer.from((await reader.read()).value ?? []);
  await sql`delete from polls`;
  let rows = first.toString().split("\n").length - 1;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    rows += Buffer.from(part.value).toString().split("\n").length - 1;
  }
  expect(rows).toBe(60_002);

  // Many more than the buffers of a connection hold.
  await sql`insert into polls select ${key}, '2023-01-02T00:00Z'::timestamptz + make_interval(secs => n), true from generate_series(1, 400000) n`;
  const exports = async () =>
    (await sql`select from pg_stat_activity where state <> 'idle' and query like 'copy (select s.store_id%'`).length;
  const gone = (await streamExport(database(), openViewer, "polls", { bom: "0" })).getReader();
  await gone.read();
  expect(await exports()).toBe(1);
  await gone.cancel();
  await expect.poll(exports).toBe(0);
});

it("counts the rows of a file that was exported as duplicates", async () => {
  await importText(
    database(),
    "hours",
    "store_id,day,start_time_local,end_time_local\na,0,20:00,02:00\na,6,closed,closed\n",
  );
  const text = await exported("hours");
  expect(text).toBe("store_id,day,start_time_local,end_time_local\na,0,20:00:00,02:00:00\na,6,closed,closed\n");
  expect(countsOf(await importText(database(), "hours", text))).toEqual([0, 2, 0, 0, 0]);
});

it("exports the hours that apply at present where others are planned, and an import of them keeps the plan", async () => {
  const { sql } = database();
  const file = (rows: readonly string[]) => `store_id,day,start_time_local,end_time_local\n${rows.join("\n")}\n`;
  const present = ["a,0,20:00:00,02:00:00", "a,6,closed,closed", "b,1,09:00:00,17:00:00"];
  await importText(database(), "polls", pollsFile([["a", 0, true]]));
  await importText(database(), "hours", file(present));
  const plan = Buffer.from(file(["a,2,11:00,18:00"]));
  await importFile(database(), {
    kind: "hours",
    source: asSource([plan]),
    now: testNow,
    hoursFrom: { date: "2023-01-10" },
  });
  expect(await exported("hours")).toBe(file(present));
  const all = () => Promise.all([sql`select * from business_hours order by 1, 2, 3`, sql`select * from earlier_hours`]);
  const before = await all();
  const again = await importText(database(), "hours", await exported("hours"));
  expect(again.counts).toMatchObject({ accepted: 0, duplicate: 3 });
  expect(await all()).toEqual(before);

  // From the first day of the plan on, its hours apply.
  await importText(database(), "polls", "store_id,status,timestamp_utc\na,active,2023-01-10T12:00:00Z\n");
  expect(await exported("hours")).toBe(file(["a,2,11:00:00,18:00:00", "b,1,09:00:00,17:00:00"]));
});
