import { beforeEach, describe, expect, it } from "vitest";
import { testDb } from "@/db/testing/test-db";
import type { ImportResult } from "./import-result";
import { clear, countsOf, dataVersion, importRows, importText } from "./test-support/import-text";

const database = testDb();
beforeEach(() => clear(database()));

const codes = ({ rejects }: ImportResult): readonly string[] => rejects.map(({ code }) => code);

describe("a file of stores", () => {
  const stores = async () =>
    database().sql<Record<string, string | null>[]>`
      select store_id, name, brand, group_name, address, url from stores order by store_id`;

  it("names stores, makes unknown ones known, and says which rows changed nothing", async () => {
    const rows = [
      'a,"Main, Street",Burger,West,"1 Main St\nSpringfield",https://burger.example/a',
      "b,,,,,",
      'a,"Main, Street",Burger,West,"1 Main St\nSpringfield",https://burger.example/a',
    ];
    expect(countsOf(await importRows(database(), "stores", rows))).toEqual([2, 1, 0, 0, 0]);
    expect(await stores()).toEqual([
      {
        store_id: "a",
        name: "Main, Street",
        brand: "Burger",
        group_name: "West",
        address: "1 Main St Springfield",
        url: "https://burger.example/a",
      },
      { store_id: "b", name: null, brand: null, group_name: null, address: null, url: null },
    ]);
    expect(countsOf(await importRows(database(), "stores", rows))).toEqual([0, 3, 0, 0, 0]);
  });

  it("leaves fields without a column unchanged, and deletes what is empty", async () => {
    await importRows(database(), "stores", ["a,Old,Burger,,,"]);
    const result = await importText(database(), "stores", "Brand,store_id\n,a\n");
    expect(countsOf(result)).toEqual([1, 0, 0, 0, 0]);
    expect(await stores()).toMatchObject([{ store_id: "a", name: "Old", brand: null }]);
  });

  it("uses the last line of a store, and says so", async () => {
    const result = await importRows(database(), "stores", ["a,First,,,,", "a,Last,,,,"]);
    expect(countsOf(result)).toEqual([1, 0, 1, 0, 0]);
    expect(result.warnings).toMatchObject([{ code: "conflicting_details", lines: [3] }]);
    expect(await stores()).toMatchObject([{ name: "Last" }]);
  });

  it.each([
    [`a,${"x".repeat(81)},,,,`, "text_too_long"],
    ["a,A,,,,javascript:alert(1)", "bad_url"],
    ["a,A,,,,burger.example", "bad_url"],
    [",A,,,,", "missing_store_id"],
    ["store_id,name,brand,group,address,url", "repeated_header"],
    ["a,A", "wrong_column_count"],
  ])("rejects %s: %s", async (row, code) => {
    const good = Array.from({ length: 20 }, (_, i) => `good-${i},Good,,,,`);
    const result = await importRows(database(), "stores", [...good, row]);
    expect(codes(result)).toEqual([code]);
    expect((await stores()).map(({ store_id }) => store_id)).not.toContain("a");
  });

  it.each([
    ["store_id\na\n", "missing_column"],
    ["store_id,status,timestamp_utc\n", "wrong_file_kind"],
    ["name,brand\nA,B\n", "missing_column"],
  ])("%j is invalid: %s", async (text, code) => {
    expect(await importText(database(), "stores", text)).toMatchObject({ outcome: "failed", error: { code } });
  });
});

describe("zone, tags and lifecycle in a file of stores", () => {
  const header = "store_id,time_zone,tags,lifecycle";
  const load = (...rows: readonly string[]) => importText(database(), "stores", [header, ...rows, ""].join("\n"));
  const stores = async () =>
    database().sql<Record<string, unknown>[]>`
      select store_id, time_zone, tags, lifecycle, lifecycle_since is not null as since from stores order by store_id`;

  it("are set, replaced and cleared; an empty lifecycle changes nothing", async () => {
    const result = await load("a,america/new_york,Late; airport;late,paused", "b,,,");
    expect(result.counts).toMatchObject({ accepted: 2, rejected: 0 });
    expect(result.warnings).toMatchObject([{ code: "zone_canonicalised", lines: [2] }]);
    const b = { store_id: "b", time_zone: null, tags: [], lifecycle: "active", since: false };
    expect(await stores()).toEqual([
      { store_id: "a", time_zone: "America/New_York", tags: ["airport", "late"], lifecycle: "paused", since: true },
      b,
    ]);
    expect(countsOf(await load("a,America/New_York,airport;late,paused", "b,,,"))).toEqual([0, 2, 0, 0, 0]);
    expect(countsOf(await load("a,,,"))).toEqual([1, 0, 0, 0, 0]);
    expect(await stores()).toEqual([{ store_id: "a", time_zone: null, tags: [], lifecycle: "paused", since: true }, b]);
    await importText(database(), "stores", "store_id,lifecycle\na,Retired\nb,active\n");
    expect(await stores()).toMatchObject([{ lifecycle: "retired" }, b]);
  });

  it.each([
    ["a,Mars/Olympus,,", "unknown_zone"],
    ['a,,x"y,', "bad_quote"],
    [`a,,${"x".repeat(41)},`, "bad_tags"],
    [`a,,${Array.from({ length: 21 }, (_, i) => `t${String(i)}`).join(";")},`, "bad_tags"],
    ["a,,,online", "bad_lifecycle"],
    ["a,,,deleted", "bad_lifecycle"],
  ])("%s is rejected: %s", async (row, code) => {
    const good = Array.from({ length: 20 }, (_, i) => `good-${i},,,active`);
    expect(codes(await load(...good, row))).toEqual([code]);
  });

  it("do not bring back a deleted store", async () => {
    await load("a,,,active");
    await database().sql`update stores set lifecycle = 'deleted' where store_id = 'a'`;
    expect(countsOf(await load("a,UTC,,active"))).toEqual([1, 0, 0, 0, 0]);
    expect(await stores()).toMatchObject([{ time_zone: "UTC", lifecycle: "deleted" }]);
  });

  it("change figures", async () => {
    await load("a,,,");
    const before = await dataVersion(database());
    await load("a,,late,");
    const tagged = await dataVersion(database());
    await load("a,,late,retired");
    expect(await dataVersion(database())).toBeGreaterThan(tagged);
    expect(tagged).toBeGreaterThanOrEqual(before);
  });

  it("with nothing but a zone it is a file of time zones", async () => {
    const result = await importText(database(), "stores", "store_id,time_zone\na,UTC\n");
    expect(result).toMatchObject({ outcome: "failed", error: { code: "wrong_file_kind" } });
  });
});

describe("a file of exceptions", () => {
  const exceptions = async () =>
    database().sql<{ row: string }[]>`
      select concat_ws(' ', store_id, local_date, start_second, end_second) as row
      from schedule_exceptions join stores using (store_key) order by 1`.then((rows) => rows.map(({ row }) => row));

  it("gives dates their own hours, or closes them", async () => {
    const rows = ["a,2023-12-24,10:00,14:00", "a,2023-12-24,16:00,18:00", "a,2023-12-25,,", "b,2023-12-31,22:00,02:00"];
    expect(countsOf(await importRows(database(), "exceptions", [...rows, "a,2023-12-25,,"]))).toEqual([4, 1, 0, 0, 0]);
    expect(await exceptions()).toEqual([
      "a 2023-12-24 36000 50400",
      "a 2023-12-24 57600 64800",
      "a 2023-12-25 0 0",
      "b 2023-12-31 79200 93600",
    ]);
    expect(countsOf(await importRows(database(), "exceptions", rows))).toEqual([0, 4, 0, 0, 0]);
  });

  it("replaces the dates it names, and no other", async () => {
    await importRows(database(), "exceptions", ["a,2023-12-24,10:00,14:00", "a,2023-12-25,,", "b,2023-12-24,,"]);
    const result = await importRows(database(), "exceptions", ["a,2023-12-24,,"]);
    expect(countsOf(result)).toEqual([1, 0, 0, 0, 0]);
    expect(await exceptions()).toEqual(["a 2023-12-24 0 0", "a 2023-12-25 0 0", "b 2023-12-24 0 0"]);
  });

  it.each([[["a,2023-12-24,,", "a,2023-12-24,10:00,14:00"]], [["a,2023-12-24,10:00,14:00", "a,2023-12-24,,"]]])(
    "prefers hours to closed, in any order: %j",
    async (rows) => {
      const result = await importRows(database(), "exceptions", rows);
      expect(countsOf(result)).toEqual([1, 0, 1, 0, 0]);
      expect(await exceptions()).toEqual(["a 2023-12-24 36000 50400"]);
      expect(result.warnings).toMatchObject([{ code: "conflicting_exception", count: 1 }]);
    },
  );

  it.each([
    ["x,2023-02-29,,", "bad_date"],
    ["x,24.12.2023,,", "bad_date"],
    ["x,2023-12-24T00:00,,", "bad_date"],
    ["x,1999-12-24,,", "bad_date"],
    ["x,2023-12-24,10:00,", "bad_time"],
    ["x,2023-12-24,,10:00", "bad_time"],
    ["x,2023-12-24,10:00,10:00", "zero_length"],
    ["NULL,2023-12-24,,", "missing_store_id"],
  ])("rejects %s: %s", async (row, code) => {
    const good = Array.from({ length: 20 }, (_, i) => `good-${i},2023-12-24,,`);
    const result = await importRows(database(), "exceptions", [...good, row]);
    expect(codes(result)).toEqual([code]);
    expect(await database().sql`select 1 from stores where store_id = 'x'`).toEqual([]);
  });

  it("is not accepted as a file of hours, nor the other way round", async () => {
    const hours = "store_id,day,start_time_local,end_time_local\n";
    const dates = "store_id,date,start_time_local,end_time_local\n";
    expect(await importText(database(), "exceptions", hours)).toMatchObject({ error: { code: "wrong_file_kind" } });
    expect(await importText(database(), "hours", dates)).toMatchObject({ error: { code: "wrong_file_kind" } });
  });
});
