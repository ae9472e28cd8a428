import { beforeEach, expect, it } from "vitest";
import { hoursFromOf } from "@/db/queries/bulk/earlier-hours";
import { testDb } from "@/db/testing/test-db";
import { openViewer } from "@/lib/server/access/viewer";
import { getStoreHours } from "@/lib/server/stores/store-hours";
import { getStoreUptime } from "@/lib/server/stores/get-store-uptime";
import { importFile } from "./import-file";
import { clear, dataVersion, importRows } from "./test-support/import-text";
import { asSource, testNow } from "./test-support/read-bytes";

const database = testDb();
beforeEach(() => clear(database()));

const week = (store: string, times: string): string[] =>
  [0, 1, 2, 3, 4, 5, 6].map((day) => `${store},${String(day)},${times}`);

const importHours = (rows: readonly string[], from?: string) =>
  importFile(database(), {
    kind: "hours",
    source: asSource([Buffer.from(["store_id,day,start_time_local,end_time_local", ...rows, ""].join("\n"))]),
    now: testNow,
    hoursFrom: hoursFromOf(from),
  });

/** The versions of a store's hours: from which date, and when Monday opens. */
async function versionsOf(storeId: string): Promise<readonly (readonly [string | null, string | null])[]> {
  const { valid_from: from, business_hours: rows, earlier } = await getStoreHours(database(), openViewer, storeId);
  const opens = (of: typeof rows): string | null => of?.[0]?.start ?? null;
  return [...earlier.map((one) => [one.valid_from, opens(one.business_hours)] as const), [from, opens(rows)]];
}

async function openHours(storeId: string, asOf: string): Promise<number> {
  const { windows } = await getStoreUptime(database(), openViewer, storeId, "week", { asOf });
  return windows.week.open_ms / 3_600_000;
}

/** The newest poll is at 02:00 in Tokyo on the 25th, and at 11:00 in Chicago on the 24th. */
const plantPolls = async () => {
  await importRows(database(), "timezones", ["tokyo,Asia/Tokyo", "chicago,America/Chicago"]);
  const polls = ["tokyo,active,2023-01-24 17:00:00", "chicago,active,2023-01-24 17:00:00"];
  await importRows(database(), "polls", [...polls, "new,active,2023-01-10 00:00:00"]);
};

it("applies the first hours of a store from the beginning, and others from the day of the newest poll", async () => {
  await plantPolls();
  await importHours([...week("tokyo", "09:00,17:00"), ...week("chicago", "09:00,17:00")]);
  expect(await versionsOf("tokyo")).toEqual([[null, "09:00:00"]]);
  const past = await openHours("tokyo", "2023-01-20T00:00:00Z");
  await importHours([
    ...week("tokyo", "10:00,12:00"),
    ...week("chicago", "10:00,12:00"),
    ...week("new", "10:00,12:00"),
  ]);
  expect(await versionsOf("tokyo")).toEqual([
    [null, "09:00:00"],
    ["2023-01-25", "10:00:00"],
  ]);
  expect(await versionsOf("chicago")).toEqual([
    [null, "09:00:00"],
    ["2023-01-24", "10:00:00"],
  ]);
  expect(await versionsOf("new")).toEqual([[null, "10:00:00"]]);
  expect(await openHours("tokyo", "2023-01-20T00:00:00Z")).toBe(past);
  expect(past).toBe(56);
  // Until 11:00 in Chicago: six days of eight hours, the rest of the first day, and an hour of the last.
  expect(await openHours("chicago", "2023-01-24T17:00:00Z")).toBe(6 * 8 + 6 + 1);
});

it("changes nothing when the same file is imported again, on any day", async () => {
  await plantPolls();
  await importHours(week("tokyo", "09:00,17:00"));
  await importHours(week("tokyo", "10:00,12:00"));
  const before = [await versionsOf("tokyo"), await dataVersion(database())];
  expect((await importHours(week("tokyo", "10:00,12:00"))).counts).toMatchObject({ accepted: 0, duplicate: 7 });
  expect([await versionsOf("tokyo"), await dataVersion(database())]).toEqual(before);
  await importRows(database(), "polls", ["tokyo,active,2023-01-25 17:00:00"]);
  await importHours(week("tokyo", "10:00,12:00"));
  expect(await versionsOf("tokyo")).toEqual(before[0]);
});

it("keeps one change per day: hours of the same day replace each other, and the first ones come back", async () => {
  await plantPolls();
  for (const times of ["09:00,17:00", "10:00,12:00", "11:00,12:00"]) await importHours(week("tokyo", times));
  expect(await versionsOf("tokyo")).toEqual([
    [null, "09:00:00"],
    ["2023-01-25", "11:00:00"],
  ]);
  await importHours(week("tokyo", "09:00,17:00"));
  expect(await versionsOf("tokyo")).toEqual([[null, "09:00:00"]]);
});

it("applies hours from a given date, or from the beginning", async () => {
  await plantPolls();
  await importHours(week("tokyo", "09:00,17:00"), "2023-01-10");
  expect(await versionsOf("tokyo")).toEqual([
    [null, null],
    ["2023-01-10", "09:00:00"],
  ]);
  await importHours(week("tokyo", "10:00,12:00"), "2023-01-20");
  await importHours(week("tokyo", "11:00,12:00"), "2023-02-01");
  expect(await versionsOf("tokyo")).toEqual([
    [null, null],
    ["2023-01-10", "09:00:00"],
    ["2023-01-20", "10:00:00"],
    ["2023-02-01", "11:00:00"],
  ]);
  await importHours(week("tokyo", "12:00,13:00"), "2023-01-15");
  expect(await versionsOf("tokyo")).toEqual([
    [null, null],
    ["2023-01-10", "09:00:00"],
    ["2023-01-15", "12:00:00"],
  ]);
  await importHours(week("tokyo", "13:00,14:00"), "beginning");
  expect(await versionsOf("tokyo")).toEqual([[null, "13:00:00"]]);
});

it("keeps planned hours: others apply until then, and those in force change nothing", async () => {
  await plantPolls();
  await importHours(week("tokyo", "09:00,17:00"));
  await importHours(week("tokyo", "10:00,12:00"), "2023-02-01");
  await importHours(week("tokyo", "11:00,12:00"), "2023-03-01");
  const planned = await versionsOf("tokyo");
  expect(planned).toEqual([
    [null, "09:00:00"],
    ["2023-02-01", "10:00:00"],
    ["2023-03-01", "11:00:00"],
  ]);
  const version = await dataVersion(database());
  expect((await importHours(week("tokyo", "09:00,17:00"))).counts).toMatchObject({ accepted: 0, duplicate: 7 });
  expect([await versionsOf("tokyo"), await dataVersion(database())]).toEqual([planned, version]);
  const rows = [...week("tokyo", "13:00,14:00"), ...week("chicago", "13:00,14:00")];
  expect((await importHours(rows)).counts).toMatchObject({ accepted: 14, duplicate: 0 });
  expect(await versionsOf("tokyo")).toEqual([
    [null, "09:00:00"],
    ["2023-01-25", "13:00:00"],
    ["2023-02-01", "10:00:00"],
    ["2023-03-01", "11:00:00"],
  ]);
  expect(await versionsOf("chicago")).toEqual([[null, "13:00:00"]]);
  expect((await importHours(rows)).counts).toMatchObject({ accepted: 0, duplicate: 14 });
  await importHours(week("tokyo", "10:00,12:00"));
  expect(await versionsOf("tokyo")).toEqual([
    [null, "09:00:00"],
    ["2023-01-25", "10:00:00"],
    ["2023-03-01", "11:00:00"],
  ]);
});

it("keeps planned hours while there are no polls", async () => {
  await importHours(week("a", "09:00,17:00"));
  await importHours(week("a", "10:00,12:00"), "2099-01-01");
  const planned = await versionsOf("a");
  await importHours(week("a", "09:00,17:00"));
  expect(await versionsOf("a")).toEqual(planned);
});

it("names the stores whose hours have changed too often, and leaves them as they are", async () => {
  await plantPolls();
  await importHours(week("tokyo", "09:00,17:00"));
  await database().sql`
    insert into earlier_hours (store_key, valid_before, hours)
    select store_key, date '2022-01-01' + n, decode(lpad(to_hex(n % 7), 4, '0') || '0000000000000001', 'hex')
    from stores cross join generate_series(1, 200) as n where store_id = 'tokyo'`;
  const before = await versionsOf("tokyo");
  expect(before).toHaveLength(201);
  const result = await importHours([...week("tokyo", "13:00,14:00"), ...week("chicago", "13:00,14:00")]);
  expect(result.counts).toMatchObject({ accepted: 7, duplicate: 0, discarded: 7 });
  expect(result.warnings).toMatchObject([{ code: "too_many_hours_changes", count: 1, stores: ["tokyo"] }]);
  expect(await versionsOf("tokyo")).toEqual(before);
  expect(await versionsOf("chicago")).toEqual([[null, "13:00:00"]]);
  await importHours(week("tokyo", "13:00,14:00"), "beginning");
  expect(await versionsOf("tokyo")).toEqual([[null, "13:00:00"]]);
});

it("applies hours from the beginning while there are no polls", async () => {
  await importHours(week("a", "09:00,17:00"));
  await importHours(week("a", "10:00,12:00"));
  expect(await versionsOf("a")).toEqual([[null, "10:00:00"]]);
});
