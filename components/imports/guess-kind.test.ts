import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { readHeader } from "@/lib/client/read-header";
import { guessKindByHeader, guessKindByName } from "./guess-kind";

describe("a file's kind", () => {
  it.each([
    ["timezones.csv", "timezones"],
    ["store_timezone.csv", "timezones"],
    ["menu_hours.csv", "hours"],
    ["store_business_hours.csv.gz", "hours"],
    ["store status.csv", "polls"],
    ["Polls-2023.csv", "polls"],
    ["stores.csv", "stores"],
    ["hours_exceptions.csv", "exceptions"],
    ["data.csv", null],
  ])("is guessed by the name %s to be %s", (name, kind) => {
    expect(guessKindByName(name)).toBe(kind);
  });

  it.each([
    ["store_id,status,timestamp_utc", "polls"],
    ['"timestamp utc";"store id";"STATUS"', "polls"],
    ["store_id,day,start_time_local,end_time_local", "hours"],
    ["store_id\tdayOfWeek\tstart_time_local\tend_time_local", "hours"],
    ["store_id,timezone_str", "timezones"],
    ["store_id,date,start_time_local,end_time_local", "exceptions"],
    ["store_id,name,brand,group", "stores"],
    ["store_id,time_zone,tags,lifecycle", "stores"],
    ["8419537941919820732,active,2023-01-24 09:06:42 UTC", null],
    ["id,status", null],
    ["", null],
  ])("is known by the header %j as %s", (line, kind) => {
    expect(guessKindByHeader(line)).toBe(kind);
  });

  it("is read off the first line, with a mark before it, any line end, or gzip around it", async () => {
    const lines = ["store_id,timezone_str", "s-1,America/Chicago"];
    for (const bytes of [
      Buffer.from(lines.join("\n")),
      Buffer.from(`\uFEFF${lines.join("\r\n")}`),
      gzipSync(lines.join("\n").repeat(100_000)),
    ]) {
      expect(await readHeader(new Blob([new Uint8Array(bytes)]))).toBe(lines[0]);
    }
    expect(await readHeader(new Blob([new Uint8Array([0x1f, 0x8b, 1, 2, 3])]))).toBeNull();
  });
});
