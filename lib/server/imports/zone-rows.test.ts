import { zoneRules } from "@/lib/uptime/zone-rules";
import { describe, expect, it } from "vitest";
import type { WarningCode } from "./import-warnings";
import type { RowFaultCode } from "@/lib/server/text/row-faults";
import { readBytes } from "./test-support/read-bytes";

describe("time zones", () => {
  function zones(...lines: readonly string[]): string {
    return `store_id,timezone_str\n${lines.join("\n")}\n`;
  }

  it.each<[string, string, string | null, readonly WarningCode[]]>([
    ["Z1", "America/Chicago", "America/Chicago", []],
    ["Z2", "america/chicago", "America/Chicago", ["zone_canonicalised"]],
    ["Z2", " America/Chicago", "America/Chicago", ["trimmed"]],
    ["Z2", "\tAmerica/Chicago", "America/Chicago", ["trimmed"]],
    ["Z3", "US/Central", "US/Central", []],
    ["Z3", "us/central", "US/Central", ["zone_canonicalised"]],
    ["Z3", "Asia/Calcutta", "Asia/Calcutta", []],
    ["Z3", "Europe/Kiev", "Europe/Kiev", []],
    ["Z3", "Europe/Kyiv", "Europe/Kyiv", []],
    ["Z3", "Cuba", "Cuba", []],
    ["Z5", "PST8PDT", "PST8PDT", []],
    ["Z5", "EST", "EST", ["fixed_zone"]],
    ["Z5", "Etc/GMT+6", "Etc/GMT+6", ["fixed_zone"]],
    ["Z6", "UTC", "UTC", []],
    ["Z6", "Etc/UTC", "Etc/UTC", []],
    ["Z8", "", null, ["missing_zone"]],
    ["Z8", "NULL", null, ["missing_zone"]],
  ])("%s takes %j", async (_, written, zone, warnings) => {
    expect(await readBytes("timezones", zones(`1,${written}`))).toMatchObject({
      ...{ rejects: [], stores: ["1"], zones: [zone], warnings },
    });
  });

  it.each<[string, string, RowFaultCode]>([
    ["Z4", "America/Nowhere", "unknown_zone"],
    ["Z4", "Mars/Olympus", "unknown_zone"],
    ["Z4", "Pacific Standard Time", "unknown_zone"],
    ["Z5", "PST", "ambiguous_zone"],
    ["Z5", "CST", "ambiguous_zone"],
    ["Z5", "GMT-6", "ambiguous_zone"],
    ["Z7", "UTC+5", "unknown_zone"],
    ["Z7", "+05:30", "unknown_zone"],
    ["Z7", "5", "unknown_zone"],
    ["Z7", "FOO+3", "unknown_zone"],
    ["Z11", "../../etc/passwd", "unknown_zone"],
    ["Z11", "x".repeat(10_000), "unknown_zone"],
    ["Z11", "<b>", "unknown_zone"],
  ])("%s refuses %s", async (_, written, code) => {
    const read = await readBytes("timezones", zones(`1,${written}`));
    expect(read).toMatchObject({ stores: [], zones: [], rejects: [{ code }] });
  });

  it("Z9 counts the same zone twice as one; Z10 uses the last line when they differ, and warns", async () => {
    const same = await readBytes("timezones", zones("1,America/Chicago", "1,america/chicago"));
    expect(same).toMatchObject({ zones: ["America/Chicago"], rejects: [], warnings: ["zone_canonicalised"] });
    const other = await readBytes("timezones", zones("1,America/Chicago", "1,America/Denver"));
    expect(other).toMatchObject({ zones: ["America/Denver"], rejects: [], warnings: ["conflicting_zone"] });
  });

  it("Z12 names the tz database that does not know the zone", async () => {
    const read = await readBytes("timezones", zones("1,America/Nowhere"));
    expect(read.rejects[0]?.reason).toContain(`tz database ${zoneRules().release}`);
  });
});
