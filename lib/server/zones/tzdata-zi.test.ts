import { describe, expect, it } from "vitest";
import { periodsIn, type ZoneTable } from "@/lib/uptime/zone-table";
import { compileZone } from "./compile-zi";
import { parseZi } from "./tzdata-zi";

function table(lines: readonly string[], name = "Test/Zone"): ZoneTable {
  return compileZone(parseZi(`${["# version 2030a", ...lines].join("\n")}\n`), name);
}

const periods = (one: ZoneTable, from: string, to: string) =>
  periodsIn(one, { start: Date.parse(from), end: Date.parse(to) })
    .slice(1)
    .map(({ start, offsetMs, abbreviation }) => [new Date(start).toISOString(), offsetMs / 3_600_000, abbreviation]);

describe("what zic reads", () => {
  it.each([
    ["2", "2026-03-29T01:00:00.000Z"],
    ["2w", "2026-03-29T01:00:00.000Z"],
    ["2s", "2026-03-29T01:00:00.000Z"],
    ["1u", "2026-03-29T01:00:00.000Z"],
    ["1g", "2026-03-29T01:00:00.000Z"],
    ["1z", "2026-03-29T01:00:00.000Z"],
    ["24", "2026-03-29T23:00:00.000Z"],
    ["-1:30", "2026-03-28T21:30:00.000Z"],
    ["0:0:1", "2026-03-28T23:00:01.000Z"],
    ["-", "2026-03-28T23:00:00.000Z"],
  ])("tells the time %s", (time, at) => {
    const lines = [`R t 2026 o - Mar lastSu ${time} 1 S`, "Z Test/Zone 1 t C%sT"];
    expect(periods(table(lines), "2026-01-01", "2026-12-01")).toEqual([[at, 2, "CST"]]);
  });

  it.each([
    ["2:30", "2026-10-24T23:30:00.000Z"],
    ["2:30s", "2026-10-25T00:30:00.000Z"],
    ["2:30u", "2026-10-25T02:30:00.000Z"],
  ])("ends summer time at %s by the clock that is meant", (time, at) => {
    const lines = ["R t 2026 o - Ap 1 0 1 S", `R t 2026 o - O 25 ${time} 0 -`, "Z Test/Zone 2 t C%sT"];
    expect(periods(table(lines), "2026-05-01", "2026-12-01")).toEqual([[at, 2, "CT"]]);
  });

  it.each([
    ["15", "2026-06-15"],
    ["Su>=8", "2026-06-14"],
    ["Su>=29", "2026-07-05"],
    ["Sunday<=25", "2026-06-21"],
    ["Su<=1", "2026-05-31"],
    ["lastF", "2026-06-26"],
    ["last-Friday", "2026-06-26"],
  ])("finds the day %s", (day, date) => {
    const lines = [`Rule t 2026 only - June ${day} 0u 1 D`, "Zone Test/Zone 0 t C%sT"];
    expect(periods(table(lines), "2026-01-01", "2026-12-01")).toEqual([[`${date}T00:00:00.000Z`, 1, "CDT"]]);
  });

  it("writes abbreviations in each way", () => {
    const rules = ["R t 2026 o - Mar 1 0u 1 S", "R t 2026 o - N 1 0u 0 -"];
    const named = (format: string, offset: string) =>
      periods(table([...rules, `Z Test/Zone ${offset} t ${format}`]), "2026-01-01", "2026-12-01").map((one) => one[2]);
    expect(named("A%sT", "0")).toEqual(["AST", "AT"]);
    expect(named("GMT/BST", "0")).toEqual(["BST", "GMT"]);
    expect(named("%z", "-3:30")).toEqual(["-0230", "-0330"]);
    expect(named("%z", "5")).toEqual(["+06", "+05"]);
    expect(named("%z", "0:0:30")).toEqual(["+010030", "+000030"]);
  });

  it("reads negative amounts as winter time, as Ireland's law does", () => {
    const lines = [...["R e 2000 ma - O lastSu 1u -1 -", "R e 2000 ma - Mar lastSu 1u 0 -"], "Z Test/Zone 1 e IST/GMT"];
    expect(periods(table(lines), "2026-01-01", "2026-12-01")).toEqual([
      ["2026-03-29T01:00:00.000Z", 1, "IST"],
      ["2026-10-25T01:00:00.000Z", 0, "GMT"],
    ]);
    expect(periods(table(lines), "2400-01-01", "2400-12-01").map(([at]) => at)).toEqual([
      "2400-03-26T01:00:00.000Z",
      "2400-10-29T01:00:00.000Z",
    ]);
  });

  it("ends an era in each way, by the clock before the change", () => {
    const until = (text: string) =>
      periods(
        table(["R t 2000 ma - Ap 1 0 1 S", `Z Test/Zone 2 t C%sT ${text}`, "3 - X"]),
        "2026-05-01",
        "2027-03-01",
      ).map(([at]) => at);
    expect(until("2027")).toEqual(["2026-12-31T21:00:00.000Z"]);
    expect(until("2026 N")).toEqual(["2026-10-31T21:00:00.000Z"]);
    expect(until("2026 N lastSu 2s")).toEqual(["2026-11-29T00:00:00.000Z"]);
    expect(until("2026 Nov Su>=1 2u")).toEqual(["2026-11-01T02:00:00.000Z"]);
  });

  it("makes one change of an era's start and a rule at the same local time", () => {
    const lines = ["R A 1999 o - O 3 0 1 -", "R A 2000 o - Mar 3 0 0 -", "Z Test/Zone -3 - %z 1999 O 3", "-4 A %z"];
    expect(periods(table(lines), "1999-01-01", "2000-12-01")).toEqual([["2000-03-03T03:00:00.000Z", -4, "-04"]]);
  });

  it.each([
    ["Z Test/Zone 1 nowhere C%sT", "rules nowhere, which are missing"],
    ["Z Test/Zone 1 - CET 2020", "last zone has no end"],
    ["R t 2026 o - Foo 1 0 1 S", "line 2: .*no month"],
    ["R t 2026 o - J 1 0 1 S", "line 2: .*no month"],
    ["R t 2026 o - Mar lastXx 0 1 S", "line 2: .*no day of the week"],
    ["R t 2026 o - Mar 1 two 1 S", "line 2: .*not a time"],
    ["R t soon o - Mar 1 2 1 S", "line 2: .*not a year"],
    ["R t 2026", "line 2: it is not a rule"],
    ["hello world", "line 2: it is not a rule"],
  ])("rejects %j", (line, message) => {
    expect(() => parseZi(`# version 2030a\n${line}\n`)).toThrow(new RegExp(message));
  });

  it("refuses a text whose last line is truncated", () => {
    expect(() => parseZi("# version 2030a\nZ Test/Zone 1 - CET")).toThrow("truncated");
  });
});
