import { beforeEach, describe, expect, it } from "vitest";
import { testDb } from "@/db/testing/test-db";
import { clear, countsOf, dataVersion, endState, importRows, importText } from "./test-support/import-text";

const database = testDb();
beforeEach(() => clear(database()));

const t1 = "2023-01-24 09:00:00 UTC";
const t2 = "2023-01-24 10:00:00 UTC";

interface StoreState {
  polls: [string, string, boolean][] | null;
  hours: [string, number, number, number][] | null;
  stores: [string, string | null][] | null;
  conflicts: [string, string][] | null;
  newest: string | null;
}

async function state(): Promise<StoreState> {
  const parsed: unknown = JSON.parse(await endState(database()));
  return parsed as StoreState;
}

describe("polls", () => {
  it("keeps each poll, adds its store and moves the newest poll", async () => {
    const result = await importRows(database(), "polls", [`b,active,${t2}`, `a,inactive,${t1}`, "", `a,active,${t2}`]);
    expect(result).toMatchObject({ outcome: "complete", counts: { rows: 4, discarded: 0 } });
    expect(countsOf(result)).toEqual([3, 0, 0, 0, 1]);
    expect(await state()).toMatchObject({
      stores: [
        ["a", null],
        ["b", null],
      ],
      polls: [
        ["a", "2023-01-24T09:00:00+00:00", false],
        ["a", "2023-01-24T10:00:00+00:00", true],
        ["b", "2023-01-24T10:00:00+00:00", true],
      ],
      newest: "2023-01-24T10:00:00+00:00",
    });
  });

  it.each<[string, readonly string[], readonly number[], boolean]>([
    ["D21 an exact duplicate", [`a,active,${t1}`, `a,active,${t1}`], [1, 1, 0, 0, 0], true],
    ["D22 active, then inactive", [`a,active,${t1}`, `a,inactive,${t1}`], [1, 0, 1, 0, 0], false],
    ["D22 inactive, then active", [`a,inactive,${t1}`, `a,active,${t1}`], [1, 0, 1, 0, 0], false],
    ["D22 and D21 at once", [`a,active,${t1}`, `a,inactive,${t1}`, `a,active,${t1}`], [1, 1, 1, 0, 0], false],
    [
      "D23 in one millisecond",
      ["a,active,2023-01-24 09:00:00.0001", "a,inactive,2023-01-24 09:00:00.0009"],
      [1, 0, 1, 0, 0],
      false,
    ],
  ])("%s", async (_, rows, counts, active) => {
    const result = await importRows(database(), "polls", rows);
    expect(countsOf(result)).toEqual(counts);
    const { polls, conflicts } = await state();
    expect(polls).toEqual([["a", "2023-01-24T09:00:00+00:00", active]]);
    expect(conflicts).toEqual(counts[2] === 0 ? null : [["a", "2023-01-24T09:00:00+00:00"]]);
  });

  it("D22 inactive wins over an existing active, in either order of files", async () => {
    await importRows(database(), "polls", [`a,active,${t1}`, `b,inactive,${t1}`]);
    const result = await importRows(database(), "polls", [`a,inactive,${t1}`, `b,active,${t1}`]);
    expect(countsOf(result)).toEqual([0, 0, 2, 0, 0]);
    expect(result.warnings).toMatchObject([{ code: "conflicting_polls", count: 2 }]);
    expect((await state()).polls?.map(([, , active]) => active)).toEqual([false, false]);
    expect((await state()).conflicts).toHaveLength(2);
  });

  it("D24 keeps one poll of many thousand equal rows", async () => {
    const result = await importRows(
      database(),
      "polls",
      Array.from({ length: 40_000 }, () => `a,active,${t1}`),
    );
    expect(countsOf(result)).toEqual([1, 39_999, 0, 0, 0]);
  });

  it("D14 and D15 do not move the newest poll when they are rejected or old", async () => {
    const good = Array.from({ length: 40 }, (_, i) => `s${i.toString()},active,${t1}`);
    const result = await importRows(database(), "polls", [
      ...good,
      "x,active,2099-01-01 00:00:00",
      "s1,active,2003-05-05 05:05:05",
    ]);
    expect(countsOf(result)).toEqual([41, 0, 0, 1, 0]);
    expect((await state()).newest).toBe("2023-01-24T09:00:00+00:00");
    expect((await state()).stores).toHaveLength(40);
  });

  it("A32 the same file again changes nothing at all", async () => {
    const rows = [`a,active,${t1}`, `a,inactive,${t1}`, `b,active,${t2}`];
    await importRows(database(), "polls", rows);
    const before = [await endState(database()), await dataVersion(database())];
    const again = await importRows(database(), "polls", rows);
    expect(again.counts.accepted).toBe(0);
    expect([await endState(database()), await dataVersion(database())]).toEqual(before);
  });
});

describe("hours", () => {
  it("C10 adds the store, and reads midnight as the end of the day", async () => {
    const result = await importRows(database(), "hours", [
      "a,0,18:00:00,23:59:59",
      "a,1,22:00,02:00",
      "a,2,00:00,00:00",
    ]);
    expect(countsOf(result)).toEqual([3, 0, 0, 0, 0]);
    expect((await state()).hours).toEqual([
      ["a", 0, 64_800, 86_400],
      ["a", 1, 79_200, 93_600],
      ["a", 2, 0, 86_400],
    ]);
  });

  it("E12 and E17 replaces the hours of the stores it names, and of no other", async () => {
    await importRows(database(), "hours", ["a,0,09:00,17:00", "a,1,09:00,17:00", "b,0,09:00,17:00"]);
    const result = await importRows(database(), "hours", ["a,1,09:00,17:00", "a,1,9:00,17:00", "a,5,10:00,12:00"]);
    expect(countsOf(result)).toEqual([1, 2, 0, 0, 0]);
    expect((await state()).hours).toEqual([
      ["a", 1, 32_400, 61_200],
      ["a", 5, 36_000, 43_200],
      ["b", 0, 32_400, 61_200],
    ]);
  });

  it("A3 deletes nothing when the file has no row", async () => {
    await importRows(database(), "hours", ["a,0,09:00,17:00"]);
    const before = [await endState(database()), await dataVersion(database())];
    const result = await importRows(database(), "hours", []);
    expect(result).toMatchObject({ outcome: "complete", warnings: [{ code: "no_rows" }] });
    expect([await endState(database()), await dataVersion(database())]).toEqual(before);
  });

  it("leaves a store unchanged when all its rows are rejected", async () => {
    await importRows(database(), "hours", ["a,0,09:00,17:00"]);
    const good = Array.from({ length: 40 }, (_, i) => `s${i.toString()},0,09:00,17:00`);
    expect(countsOf(await importRows(database(), "hours", [...good, "a,7,09:00,17:00"]))).toEqual([40, 0, 0, 1, 0]);
    expect((await state()).hours).toContainEqual(["a", 0, 32_400, 61_200]);
  });

  it("reports the removal of an interval as a change", async () => {
    await importRows(database(), "hours", ["a,0,09:00,17:00", "a,1,09:00,17:00"]);
    const before = await dataVersion(database());
    expect(countsOf(await importRows(database(), "hours", ["a,0,09:00,17:00"]))).toEqual([0, 1, 0, 0, 0]);
    expect(await dataVersion(database())).toBe(before + 1);
    expect((await state()).hours).toHaveLength(1);
  });
});

describe("time zones", () => {
  it("Z8, Z9 and Z10 the last line wins, an empty zone is none", async () => {
    const rows = ["a,America/Denver", "a,America/Chicago", "b,America/Boise", "b,America/Boise", "c,"];
    const result = await importRows(database(), "timezones", rows);
    expect(countsOf(result)).toEqual([3, 1, 1, 0, 0]);
    expect((await state()).stores).toEqual([
      ["a", "America/Chicago"],
      ["b", "America/Boise"],
      ["c", null],
    ]);
  });

  it("replaces an existing zone, and counts an equal one as a duplicate", async () => {
    await importRows(database(), "timezones", ["a,America/Denver", "b,America/Boise", "c,America/Boise"]);
    const result = await importRows(database(), "timezones", ["a,America/Chicago", "b,America/Boise", "c,"]);
    expect(countsOf(result)).toEqual([2, 1, 0, 0, 0]);
    const before = await dataVersion(database());
    expect(countsOf(await importRows(database(), "timezones", ["a,america/chicago"]))).toEqual([0, 1, 0, 0, 0]);
    expect(await dataVersion(database())).toBe(before);
    expect((await state()).stores).toEqual([
      ["a", "America/Chicago"],
      ["b", "America/Boise"],
      ["c", null],
    ]);
  });

  it("keeps the given name, although another name means the same zone", async () => {
    await importRows(database(), "timezones", ["a,America/Chicago", "b,america/yellowknife"]);
    expect(countsOf(await importRows(database(), "timezones", ["a,US/Central"]))).toEqual([1, 0, 0, 0, 0]);
    expect((await state()).stores).toEqual([
      ["a", "US/Central"],
      ["b", "America/Yellowknife"],
    ]);
  });
});

describe("what is rejected", () => {
  it("keeps nothing of 100 rows or more when more than one in twenty is rejected", async () => {
    const good = Array.from({ length: 95 }, (_, i) => `s${i.toString()},active,${t1}`);
    const bad = Array.from({ length: 5 }, () => "?,active,x");
    const enough = await importRows(database(), "polls", [...good, ...bad, "", ""]);
    expect(countsOf(enough)).toEqual([95, 0, 0, 5, 2]);
    await clear(database());
    const version = await dataVersion(database());
    const tooMany = await importRows(database(), "polls", [...good.slice(1), ...bad, "?,active,x", "", ""]);
    expect(tooMany).toMatchObject({
      outcome: "failed",
      error: { code: "too_many_rejects" },
      counts: { rows: 102, accepted: 0, duplicate: 0, conflicting: 0, rejected: 6, blank: 2, discarded: 94 },
    });
    expect(tooMany.rejects[0]).toMatchObject({ line: 96, code: "bad_store_id", raw: "?,active,x" });
    expect(await state()).toMatchObject({ polls: null, stores: null, newest: null });
    expect(await dataVersion(database())).toBe(version);
  });

  it("keeps the good rows of fewer than 100, however many are rejected", async () => {
    const bad = Array.from({ length: 98 }, () => "?,active,x");
    expect(countsOf(await importRows(database(), "polls", [`s,active,${t1}`, ...bad]))).toEqual([1, 0, 0, 98, 0]);
    expect(countsOf(await importRows(database(), "polls", ["?,active,x"]))).toEqual([0, 0, 0, 1, 0]);
  });

  it("keeps nothing of a file with an error at its end", async () => {
    const good = Array.from({ length: 30_000 }, (_, i) => `s${i.toString()},active,${t1}`);
    const result = await importText(database(), "polls", `store_id,status,timestamp_utc\n${good.join("\n")}\n"open`);
    expect(result).toMatchObject({ outcome: "failed", error: { code: "unclosed_quote", line: 30_002 } });
    expect(result.counts).toMatchObject({ rows: 30_000, discarded: 30_000, accepted: 0 });
    expect(await state()).toMatchObject({ polls: null, stores: null });
  });

  it("C2 names the one store that a rounded id may have been", async () => {
    await importRows(database(), "timezones", ["8419537941919820732,", "8419541111111111111,", "5451555465884323000,"]);
    const rounded = ["8.41953794191982E+018", "8.41954E+18", "5.45156E+18"];
    const result = await importRows(
      database(),
      "polls",
      rounded.map((id) => `${id},active,${t1}`),
    );
    expect(result.rejects.map(({ reason }) => /may have been (\d+)/.exec(reason)?.[1])).toEqual([
      "8419537941919820732",
      undefined,
      "5451555465884323000",
    ]);
  });
});
