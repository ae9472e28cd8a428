import { describe, expect, it } from "vitest";
import type { WarningCode } from "./import-warnings";
import type { RowFaultCode } from "@/lib/server/text/row-faults";
import { readBytes, testNow } from "./test-support/read-bytes";

const at = Date.UTC(2023, 0, 24, 9, 6, 42);
const time = "2023-01-24 09:06:42 UTC";

function polls(row: string): string {
  return `store_id,status,timestamp_utc\n${row}\n`;
}

describe("store ids", () => {
  it.each<[string, string, string, readonly WarningCode[]]>([
    ["C1", "8419537941919820732", "8419537941919820732", []],
    ["C3", "d84a4552-3668-4075-ad1d-16840294f818", "d84a4552-3668-4075-ad1d-16840294f818", []],
    ["C3", "D84A4552-3668-4075-AD1D-16840294F818", "d84a4552-3668-4075-ad1d-16840294f818", []],
    ["C3 not a UUID", "D84A4552-3668", "D84A4552-3668", []],
    ["C4", "008419", "008419", []],
    ["C6", "0", "0", []],
    ["C6", "x".repeat(64), "x".repeat(64), []],
    ["C7", "\u00a0 841\t", "841", ["trimmed"]],
    ["C2 not damaged", "12e4", "12e4", []],
    ["B8", "__proto__", "__proto__", []],
  ])("%s takes %s", async (_, written, id, warnings) => {
    const read = await readBytes("polls", polls(`${written},active,${time}`));
    expect(read).toMatchObject({ rejects: [], stores: [id], warnings, staged: [[0, at, 1]] });
  });

  it.each<[string, string, RowFaultCode]>([
    ["C2", "8.41953794191982E+018", "id_damaged_by_spreadsheet"],
    ["C2", "8.41953794191982E+18", "id_damaged_by_spreadsheet"],
    ["C2", "8.41954E+18", "id_damaged_by_spreadsheet"],
    ["C2", "8E+18", "id_damaged_by_spreadsheet"],
    ["C4", "+8419537941919820732", "bad_store_id"],
    ["C4", "8419537941919820732.0", "bad_store_id"],
    ["C5", "", "missing_store_id"],
    ["C5", "   ", "missing_store_id"],
    ["C5", "NULL", "missing_store_id"],
    ["C5", "nan", "missing_store_id"],
    ["C5", "None", "missing_store_id"],
    ["C5", "-", "missing_store_id"],
    ["C6", "-1", "bad_store_id"],
    ["C6", "1".repeat(65), "bad_store_id"],
    ["C6", "1".repeat(10_000), "bad_store_id"],
    ["C7 full-width", "８４１", "bad_character"],
    ["C7 Arabic-Indic", "٨٤١", "bad_character"],
    ["C7 zero-width joiner", "84\u200d1", "bad_character"],
    ["C7 homoglyph", "stоre", "bad_character"],
    ["C8", "=cmd|' /C calc'!A0", "bad_store_id"],
    ["C8", "@SUM(1)", "bad_store_id"],
    ["C8", "<script>", "bad_store_id"],
    ["C8", "'; drop table", "bad_store_id"],
    ["C8", "../../etc/passwd", "bad_store_id"],
    ["C8", "%00", "bad_store_id"],
  ])("%s refuses %s", async (_, id, code) => {
    const read = await readBytes("polls", polls(`${id},active,${time}`));
    expect(read.rejects).toMatchObject([{ code, line: 2 }]);
    expect(read.stores).toEqual([]);
    for (const [kind, text] of [
      ["hours", `store_id,day,start_time_local,end_time_local\n${id},0,09:00,17:00\n`],
      ["timezones", `store_id,timezone_str\n${id},America/Chicago\n`],
    ] as const) {
      expect((await readBytes(kind, text)).rejects).toMatchObject([{ code }]);
    }
  });

  it("C2 says how many digits are left", async () => {
    const read = await readBytes("polls", polls(`8.41953794191982E+018,active,${time}`));
    expect(read.rejects[0]?.reason).toContain("15 of its digits are left");
  });
});

describe("timestamps", () => {
  it.each<[string, string, number, readonly WarningCode[]]>([
    ["D1", "2023-01-24 09:06:42.605777 UTC", at + 605, []],
    ["D1 cut, not rounded", "2023-01-24 09:06:42.999999 UTC", at + 999, []],
    ["D2 0", "2023-01-24 09:06:42 UTC", at, []],
    ["D2 1", "2023-01-24 09:06:42.6 UTC", at + 600, []],
    ["D2 2", "2023-01-24 09:06:42.06 UTC", at + 60, []],
    ["D2 3", "2023-01-24 09:06:42.605 UTC", at + 605, []],
    ["D2 4", "2023-01-24 09:06:42.6057 UTC", at + 605, []],
    ["D3 7", "2023-01-24 09:06:42.6057771 UTC", at + 605, []],
    ["D3 9", "2023-01-24 09:06:42.000999999 UTC", at, []],
    ["D4", "2023-01-24T09:06:42Z", at, []],
    ["D4", "2023-01-24 09:06:42+00:00", at, []],
    ["D4", "2023-01-24 09:06:42+00", at, []],
    ["D4", "2023-01-24 09:06:42+0000", at, []],
    ["D4", "2023-01-24T09:06:42.605-00:00", at + 605, []],
    ["D5", "2023-01-24 14:36:42+05:30", at, ["offset_converted"]],
    ["D5", "2023-01-23 23:06:42.605-1000", at + 605, ["offset_converted"]],
    ["D6", "2023-01-24 09:06:42", at, ["no_zone"]],
    ["D13 the first instant", "2000-01-01 00:00:00 UTC", Date.UTC(2000, 0, 1), []],
    ["D14 five minutes ahead", new Date(testNow + 300_000).toISOString(), testNow + 300_000, []],
    ["D15", "2013-02-28 23:59:59.999 UTC", Date.UTC(2013, 1, 28, 23, 59, 59, 999), []],
    ["D10 a leap day", "2020-02-29 00:00:00 UTC", Date.UTC(2020, 1, 29), []],
    ["D16 spaces", " \t2023-01-24 09:06:42 UTC\u00a0", at, ["trimmed"]],
    ["D16 quotes of its own", "'2023-01-24 09:06:42 UTC'", at, ["trimmed"]],
    ["D16 quotes in quotes", '"""2023-01-24 09:06:42 UTC"""', at, ["trimmed"]],
  ])("%s takes %s", async (_, written, expected, warnings) => {
    const read = await readBytes("polls", polls(`1,active,${written}`));
    expect(read).toMatchObject({ rejects: [], warnings, staged: [[0, expected, 1]] });
  });

  it.each<[string, string, RowFaultCode]>([
    ["D3 10 digits", "2023-01-24 09:06:42.1234567890 UTC", "bad_timestamp"],
    ["D7", "2023-01-24 09:06:42 EST", "ambiguous_zone"],
    ["D7", "2023-01-24 09:06:42 IST", "ambiguous_zone"],
    ["D7", "2023-01-24 09:06:42 America/Chicago", "ambiguous_zone"],
    ["D8", "24/01/2023", "bad_timestamp"],
    ["D8", "01/24/2023 9:06", "bad_timestamp"],
    ["D8", "01-02-2023", "bad_timestamp"],
    ["D9", "1674551202", "bad_timestamp"],
    ["D9", "1674551202605", "bad_timestamp"],
    ["D9", "44950.379", "bad_timestamp"],
    ["D10", "2023-02-29 00:00:00 UTC", "bad_timestamp"],
    ["D10", "2023-02-30 00:00:00 UTC", "bad_timestamp"],
    ["D10", "2100-02-29 00:00:00 UTC", "bad_timestamp"],
    ["D10", "2023-13-01 00:00:00 UTC", "bad_timestamp"],
    ["D10", "2023-00-01 00:00:00 UTC", "bad_timestamp"],
    ["D10", "2023-01-00 00:00:00 UTC", "bad_timestamp"],
    ["D10", "2023-04-31 00:00:00 UTC", "bad_timestamp"],
    ["D10", "2023-01-24 24:00:00 UTC", "bad_timestamp"],
    ["D10", "2023-01-24 09:60:00 UTC", "bad_timestamp"],
    ["D11", "2016-12-31 23:59:60 UTC", "bad_timestamp"],
    ["D12", "now", "bad_timestamp"],
    ["D12", "infinity", "bad_timestamp"],
    ["D12", "-infinity", "bad_timestamp"],
    ["D12", "epoch", "bad_timestamp"],
    ["D12", "today", "bad_timestamp"],
    ["D13", "0000-01-01 00:00:00 UTC", "timestamp_out_of_range"],
    ["D13", "0001-01-01 00:00:00 UTC", "timestamp_out_of_range"],
    ["D13", "9999-01-01 00:00:00 UTC", "timestamp_out_of_range"],
    ["D13", "99999-01-01 00:00:00 UTC", "timestamp_out_of_range"],
    ["D13", "1970-01-01 00:00:00 UTC", "timestamp_out_of_range"],
    ["D13", "1999-12-31 23:59:59.999 UTC", "timestamp_out_of_range"],
    ["D13", "0044-03-15 00:00:00 BC", "timestamp_out_of_range"],
    ["D14", new Date(testNow + 600_000).toISOString(), "timestamp_in_future"],
    ["D14", new Date(testNow + 300_001).toISOString(), "timestamp_in_future"],
    ["D14", "2099-01-01 00:00:00 UTC", "timestamp_in_future"],
    ["D17", "", "missing_timestamp"],
    ["D17", "  ", "missing_timestamp"],
    ["D4", "2023-01-24 09:06:42+00:0", "bad_timestamp"],
    ["D4", "2023-01-24 09:06:42+99:00", "bad_timestamp"],
    ["D4", "2023-01-24 09:06:42 UTC.", "bad_timestamp"],
    ["D2", "2023-01-24 09:06:42. UTC", "bad_timestamp"],
    ["D12", "2023-01-24", "bad_timestamp"],
  ])("%s refuses %s", async (_, written, code) => {
    const read = await readBytes("polls", polls(`1,active,${written}`));
    expect(read.rejects).toMatchObject([{ code }]);
    // A rejected row does not create its store.
    expect(read).toMatchObject({ staged: [], stores: [] });
  });
});

describe("status", () => {
  it.each<[string, string, number, readonly WarningCode[]]>([
    ["D18", "active", 1, []],
    ["D18", "inactive", 0, []],
    ["D19", "Active", 1, ["status_case"]],
    ["D19", " ACTIVE ", 1, ["trimmed", "status_case"]],
    ["D19", "INACTIVE", 0, ["status_case"]],
  ])("%s takes %s", async (_, written, active, warnings) => {
    expect(await readBytes("polls", polls(`1,${written},${time}`))).toMatchObject({
      staged: [[0, at, active]],
      warnings,
    });
  });

  it.each(["1", "0", "true", "up", "actve", "", "🟢", "activ", "activee", "inactiv"])(
    "D20 refuses %j",
    async (written) => {
      const read = await readBytes("polls", polls(`1,${written},${time}`));
      expect(read).toMatchObject({ staged: [], stores: [], rejects: [{ code: "bad_status" }] });
    },
  );
});
