import { describe, expect, it } from "vitest";
import type { RowFaultCode } from "@/lib/server/text/row-faults";
import { readBytes } from "./test-support/read-bytes";

describe("hours", () => {
  const day = 86_400;
  function hours(row: string): string {
    return `store_id,day,start_time_local,end_time_local\n${row}\n`;
  }

  it.each<[string, string, number, number]>([
    ["E1", "00:00:00,23:59:59", 0, day],
    ["E1", "00:00:00,23:59:00", 0, day],
    ["E1", "18:00:00,23:59:30", 64_800, day],
    ["E1 no last minute", "18:00:00,23:58:59", 64_800, 86_339],
    ["E1 starts in the last minute", "23:59:30,23:59:59", 86_370, day],
    ["E2", "00:00:00,24:00:00", 0, day],
    ["E4 whole day", "00:00:00,00:00:00", 0, day],
    ["E5", "22:00:00,02:00:00", 79_200, day + 7_200],
    ["E5 ends at midnight", "22:00:00,00:00:00", 79_200, day],
    ["E6", "9:00:00,17:00:00", 32_400, 61_200],
    ["E6", "0:00:00,1:00:00", 0, 3_600],
    ["E8", "09:00,17:30", 32_400, 63_000],
    ["of a transit schedule", "20:00:00,26:00:00", 72_000, day + 7_200],
    ["of a transit schedule", "9:00,25:30", 32_400, day + 5_400],
    ["of a transit schedule", "20:00,24:01", 72_000, day + 60],
  ])("%s takes %s", async (_, times, start, end) => {
    expect(await readBytes("hours", hours(`1,6,${times}`))).toMatchObject({
      rejects: [],
      staged: [[0, 6, start, end]],
    });
  });

  it.each<[string, string, RowFaultCode]>([
    ["E3", "0,24:00:00,24:00:00", "bad_time"],
    ["E3", "0,09:00:00,24:00:01", "bad_time"],
    ["E3", "0,09:00:00,48:00:01", "bad_time"],
    ["E3 24 hours", "0,06:00,30:00", "bad_time"],
    ["E3 more than 24 hours", "0,00:00,25:00", "bad_time"],
    ["E4", "0,09:00,09:00", "zero_length"],
    ["E4 in the last minute", "0,23:59:30,23:59:30", "zero_length"],
    ["E7", "0,9.00.00,17:00:00", "bad_time"],
    ["E7", "0,9am,17:00:00", "bad_time"],
    ["E7", "0,09:00 PM,17:00:00", "bad_time"],
    ["E7", "0,0900,17:00:00", "bad_time"],
    ["E7", "0,noon,17:00:00", "bad_time"],
    ["E7", "0,09:00:00+05,17:00:00", "bad_time"],
    ["E7", "0,09:00:00,", "bad_time"],
    ["E8", "0,09:0,17:00", "bad_time"],
    ["E8", "0,009:00,17:00", "bad_time"],
    ["E9", "0,09:00:00.5,17:00:00", "bad_time"],
    ["E10", "0,-01:00:00,17:00:00", "bad_time"],
    ["E10", "0,09:61:00,17:00:00", "bad_time"],
    ["E11", "-1,09:00,17:00", "bad_day"],
    ["E11", "7,09:00,17:00", "bad_day"],
    ["E11", "8,09:00,17:00", "bad_day"],
    ["E11", "1.0,09:00,17:00", "bad_day"],
    ["E11", "Mon,09:00,17:00", "bad_day"],
    ["E11", ",09:00,17:00", "bad_day"],
    ["E11", "0x1,09:00,17:00", "bad_day"],
  ])("%s refuses %s", async (_, row, code) => {
    const read = await readBytes("hours", hours(`1,${row}`));
    expect(read).toMatchObject({ staged: [], stores: [], rejects: [{ code }] });
  });

  it.each(["closed,closed", "CLOSED,", ",Closed", "closed,17:00:00", "00:00:00,closed", ",", " , ", " closed , "])(
    "E18 accepts %j as a closed day",
    async (times) => {
      const read = await readBytes("hours", hours(`1,6,${times}`));
      expect(read).toMatchObject({ rejects: [], stores: ["1"], staged: [[0, 6, 0, 0]] });
    },
  );

  it.each(["closed!,17:00", "close,17:00", "09:00,", ",17:00", "close,d"])("E18 refuses %j", async (times) => {
    const read = await readBytes("hours", hours(`1,6,${times}`));
    expect(read).toMatchObject({ rejects: [{ code: "bad_time" }], stores: [], staged: [] });
  });

  it("E18 of a day given both as closed and with hours keeps the hours, in any order", async () => {
    for (const rows of [
      "1,0,closed,\n1,0,09:00,17:00",
      "1,0,09:00,17:00\n1,0,closed,",
      "1,0,,\n1,0,,\n1,0,09:00,17:00",
    ]) {
      expect((await readBytes("hours", hours(rows))).staged).toEqual([[0, 0, 32_400, 61_200]]);
    }
  });

  it.each([
    ["0,noon,17:00", "write 12:00"],
    ["0,9 Uhr,17:00", "write 09:00"],
    ["0,9:00 AM,17:00", "write the time on the 24-hour clock: 09:00"],
    ["0,09:00,9 p.m.", "write the time on the 24-hour clock: 21:00"],
    ["0,09:00,12:00 AM", "write the time on the 24-hour clock: 24:00"],
    ["0,1100,17:00", "write 11:00"],
    ["0,9,17:00", "write 09:00"],
    ["0,9h30,17:00", "write 09:30"],
    ["0,9.30,17:00", "write the time with colons, such as 09:30"],
    ["0,0.375,17:00", "this is a spreadsheet's fraction of a day; format the column as a time, here 09:00"],
    ["0,20:00,24:00:30", "write 24:00 for midnight, or 00:01 for a minute after it"],
    ["0,20:00,49:00", "the latest end is 48:00, midnight at the end of the next day"],
    [
      "0,09:00,34:00",
      "a row that ends on the next day lasts less than 24 hours: write 09:00 to 24:00 and, on the next day, 00:00 to 10:00",
    ],
    ["0,25:00,26:00", "this lies on the next day: write 01:00 in a row of that day"],
    ["0,09:00,midnight", "write 24:00"],
    ["0,24/7,24/7", "write 00:00 as the start and 24:00 as the end"],
    [
      "0,09:00-17:00,17:00",
      expect.stringContaining("write start and end in separate fields, in local time without a zone") as string,
    ],
    ["0,1899-12-30 09:00,17:00", "write only the time, such as 09:00"],
    ["0,geschlossen,geschlossen", "to close the day, write closed"],
    ["0,09:00,", "give both times; leave both empty only for a closed day"],
    [
      "0,06:00,06:00",
      "start and end are the same; the whole day is 00:00 to 24:00, and 24 hours from 06:00 are 06:00 to 24:00 and, on the next day, 00:00 to 06:00",
    ],
    ["Mon,09:00,17:00", "write 0 for Monday"],
    ["sunday,09:00,17:00", "write 6 for Sunday"],
    ["7,09:00,17:00", "days go from 0 (Monday) to 6 (Sunday); if the file counts from 1, lower every day by 1"],
  ])("says what to write instead of %s", async (row, reason) => {
    expect((await readBytes("hours", hours(`1,${row}`))).rejects).toMatchObject([{ reason }]);
  });

  it("warns about weeks that look like a mistake, and names their stores", async () => {
    const week = (store: string, days: readonly number[], times: string): string[] =>
      days.map((day) => `${store},${String(day)},${times}`);
    const read = await readBytes(
      "hours",
      hours(
        [
          ...week("night", [0, 1, 2, 3, 4, 5, 6], "20:00,04:00"),
          ...["night,0,03:00,05:00"],
          ...week("sunday", [5, 6], "22:00,04:00"),
          ...["sunday,0,02:00,12:00"],
          ...week("touching", [5, 6, 0], "22:00,04:00"),
          ...["touching,0,04:00,12:00"],
          ...week("shifted", [1, 2, 3, 4, 5, 6, 7], "09:00,17:00"),
          ...week("six", [0, 1, 2, 3, 4, 5], "09:00,17:00"),
          ...week("six-closed", [0, 1, 2, 3, 4, 5], "09:00,17:00"),
          ...["six-closed,6,closed,"],
          ...week("single", [0, 1, 2], "09:00,17:00"),
          ...["single,3,00:00,24:00"],
          ...week("full", [0, 1], "00:00,24:00"),
          ...["never,0,closed,closed"],
        ].join("\n"),
      ),
    );
    expect(read.storesOf).toEqual({
      kept_hours: ["shifted"],
      shifted_days: ["shifted"],
      overlapping_nights: ["night", "sunday"],
      missing_day: ["six"],
      single_full_day: ["single"],
      never_open: ["never"],
    });
  });

  it("E12 accepts an interval once, in any notation", async () => {
    const read = await readBytes("hours", hours("1,0,09:00,23:59\n1,0,9:00:00,24:00\n1,1,09:00,23:59"));
    expect(read).toMatchObject({ rejects: [], rows: 3, warnings: [] });
    expect(read.staged).toHaveLength(2);
  });

  it("E13 accepts intervals that overlap, with a warning; E14 that are adjacent, without", async () => {
    expect((await readBytes("hours", hours("1,0,09:00,17:00\n1,0,12:00,20:00"))).warnings).toEqual([
      "overlapping_hours",
    ]);
    expect((await readBytes("hours", hours("1,0,09:00,12:00\n1,0,12:00,20:00"))).warnings).toEqual([]);
    expect((await readBytes("hours", hours("1,0,09:00,12:00\n1,1,09:00,20:00"))).warnings).toEqual([]);
  });

  it("E15 accepts 50 intervals per store and day", async () => {
    const minutes = Array.from({ length: 60 }, (_, i) => `1,0,00:${i.toString().padStart(2, "0")},12:00`);
    const read = await readBytes("hours", hours([...minutes, minutes[0], "2,0,09:00,10:00"].join("\n")));
    expect(read.staged).toHaveLength(51);
    expect(read.rejects.map(({ code }) => code)).toEqual(Array.from({ length: 10 }, () => "too_many_intervals"));
  });
});
