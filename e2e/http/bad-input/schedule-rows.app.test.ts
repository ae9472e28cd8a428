import { describe, expect, it } from "vitest";
import { rejectsOf } from "./test-support/files";
import { ask, json } from "./test-support/http";
import { id, refuses, sendRows, storeOf, type Refused } from "./test-support/rows";

describe("hours", () => {
  const full = [{ day: 6, start: "00:00:00", end: "24:00:00" }];
  it.each([
    ["E1", "00:00:00,23:59:59", full],
    ["E1", "00:00:00,23:59:00", full],
    ["E2", "00:00:00,24:00:00", full],
    ["E4", "00:00:00,00:00:00", full],
    ["E5", "22:00:00,02:00:00", [{ day: 6, start: "22:00:00", end: "02:00:00" }]],
    ["E6", "9:00:00,17:00:00", [{ day: 6, start: "09:00:00", end: "17:00:00" }]],
    ["E6", "0:00:00,1:00:00", [{ day: 6, start: "00:00:00", end: "01:00:00" }]],
    ["E8", "09:00,17:30", [{ day: 6, start: "09:00:00", end: "17:30:00" }]],
    ["night of a transit schedule", "20:00:00,26:00:00", [{ day: 6, start: "20:00:00", end: "02:00:00" }]],
  ])("%s accepts %s", async (_, times, expected) => {
    const store = id();
    expect((await sendRows("hours", [`${store},6,${times}`])).code).toBeNull();
    expect((await storeOf(store)).business_hours).toEqual(expected);
  });

  const bad = (row: string, texts: readonly string[], code: string) => texts.map((text): Refused => [row, text, code]);
  refuses(
    "hours",
    [
      ...bad("E3", ["0,24:00:00,24:00:00", "0,09:00:00,24:00:01", "0,09:00:00,34:00"], "bad_time"),
      ...bad("E4", ["0,09:00,09:00", "0,23:59:30,23:59:30"], "zero_length"),
      ...bad("E7", ["0,9.00.00,17:00", "0,9am,17:00", "0,09:00 PM,17:00", "0,0900,17:00"], "bad_time"),
      ...bad("E7", ["0,noon,17:00", "0,09:00:00+05,17:00"], "bad_time"),
      ...bad("E9", ["0,09:00:00.5,17:00"], "bad_time"),
      ...bad("E10", ["0,-01:00:00,17:00"], "bad_time"),
      ...bad("E11", ["-1,09:00,17:00", "7,09:00,17:00", "8,09:00,17:00", "1.0,09:00,17:00"], "bad_day"),
      ...bad("E11", ["Mon,09:00,17:00", ",09:00,17:00", "0x1,09:00,17:00"], "bad_day"),
    ],
    (text) => `${id()},${text}`,
  );

  it("E5 over Sunday's midnight, and over the night of a clock change, counts local time", async () => {
    const store = id();
    await sendRows("timezones", [`${store},America/Chicago`]);
    await sendRows("hours", [`${store},6,22:00:00,04:00:00`, `${store},5,22:00:00,04:00:00`]);
    const open = async (from: string, to: string): Promise<unknown> => {
      const range = `from=${from}&to=${to}&as_of=2023-06-01T00:00:00Z`;
      await ask("/api/v1/polls", json({ polls: [{ store_id: store, at: to, status: "active" }] }));
      const answer = JSON.parse((await ask(`/api/v1/stores/${store}/uptime?${range}`)).text) as {
        estimate: { open_ms: number };
      };
      return answer.estimate.open_ms / 3_600_000;
    };
    // Sunday 8 January 22:00 to Monday 04:00 in Chicago, six hours; the Monday before it, none.
    expect(await open("2023-01-09T04:00:00Z", "2023-01-09T12:00:00Z")).toBe(6);
    expect(await open("2023-01-10T04:00:00Z", "2023-01-10T12:00:00Z")).toBe(0);
    // Saturday 11 March 22:00 to Sunday 04:00, of which the clocks skip an hour.
    expect(await open("2023-03-12T04:00:00Z", "2023-03-12T12:00:00Z")).toBe(5);
  });

  it("E12, E13 and E14 a repeated interval is a duplicate; overlapping and adjacent ones are merged", async () => {
    const store = id();
    const rows = ["09:00,17:00", "09:00,17:00", "12:00,20:00", "20:00,22:00"].map((times) => `${store},0,${times}`);
    const sent = await sendRows("hours", rows);
    expect(sent.import?.counts).toMatchObject({ accepted: 3, duplicate: 1 });
    expect(sent.warnings).toEqual(["overlapping_hours"]);
    const range = "from=2023-01-09T06:00:00Z&to=2023-01-10T06:00:00Z&as_of=2023-01-11T00:00:00Z";
    await ask("/api/v1/polls", json({ polls: [{ store_id: store, at: "2023-01-09T18:00:00Z", status: "active" }] }));
    const answer = await ask(`/api/v1/stores/${store}/uptime?${range}`);
    expect(JSON.parse(answer.text)).toMatchObject({ estimate: { open_ms: 13 * 3_600_000 } });
  });

  it("E15 a store's day has at most 50 intervals", async () => {
    const store = id();
    const minutes = Array.from({ length: 52 }, (_, i) => `${store},0,00:${String(i).padStart(2, "0")},12:00`);
    const fill = Array.from({ length: 60 }, () => `${id()},0,09:00,17:00`);
    expect((await rejectsOf(await sendRows("hours", [...minutes, ...fill]))).map(({ code }) => code)).toEqual([
      "too_many_intervals",
      "too_many_intervals",
    ]);
  });

  it("E16 and E17 of some days leave the others closed; of a newer file replace the older ones completely", async () => {
    const store = id();
    await sendRows("hours", [`${store},0,09:00,17:00`, `${store},1,09:00,17:00`]);
    await sendRows("hours", [`${store},2,10:00,12:00`], "?valid_from=beginning");
    expect((await storeOf(store)).business_hours).toEqual([{ day: 2, start: "10:00:00", end: "12:00:00" }]);
    await ask("/api/v1/polls", json({ polls: [{ store_id: store, at: "2023-01-09T18:00:00Z", status: "active" }] }));
    const range = "from=2023-01-09T06:00:00Z&to=2023-01-16T06:00:00Z&as_of=2023-01-17T00:00:00Z";
    const week = await ask(`/api/v1/stores/${store}/uptime?${range}`);
    expect(JSON.parse(week.text)).toMatchObject({ estimate: { open_ms: 2 * 3_600_000 } });
  });
});

describe("time zones", () => {
  it.each([
    ["Z1", "America/Chicago", "America/Chicago", []],
    ["Z2", "america/chicago", "America/Chicago", ["zone_canonicalised"]],
    ["Z2", "\tAmerica/Chicago", "America/Chicago", ["trimmed"]],
    ["Z3", "US/Central", "US/Central", []],
    ["Z3", "Asia/Calcutta", "Asia/Calcutta", []],
    ["Z3", "europe/kiev", "Europe/Kiev", ["zone_canonicalised"]],
    ["Z3", "Japan", "Japan", []],
    ["Z5", "EST", "EST", ["fixed_zone"]],
    ["Z5", "PST8PDT", "PST8PDT", []],
    ["Z5", "Etc/GMT+6", "Etc/GMT+6", ["fixed_zone"]],
    ["Z6", "UTC", "UTC", []],
    ["Z6", "Etc/UTC", "Etc/UTC", []],
    ["Z8", "", "America/Chicago", ["missing_zone"]],
    ["Z8", "NULL", "America/Chicago", ["missing_zone"]],
  ])("%s accepts %j as %s", async (_, written, zone, warnings) => {
    const store = id();
    const sent = await sendRows("timezones", [`${store},${written}`]);
    expect(sent).toMatchObject({ outcome: "complete", warnings });
    expect((await storeOf(store)).time_zone).toBe(zone);
  });

  const zones = (row: string, texts: readonly string[], code: string) =>
    texts.map((text): Refused => [row, text, code]);
  refuses(
    "timezones",
    [
      ...zones("Z4", ["America/Nowhere", "Mars/Olympus", "Eastern Standard Time"], "unknown_zone"),
      ...zones("Z5", ["PST", "CST", "GMT-6"], "ambiguous_zone"),
      ...zones("Z7", ["UTC+5", "+05:30", "5", "FOO+3"], "unknown_zone"),
      ...zones("Z11", ["../../etc/passwd", "x".repeat(10_000), "<b>"], "unknown_zone"),
    ],
    (text) => `${id()},${text}`,
  );

  it("Z9 and Z10 the same zone twice is a duplicate; of different ones the last line wins", async () => {
    const store = id();
    const same = await sendRows("timezones", [`${store},America/Denver`, `${store},America/Denver`]);
    expect(same.import?.counts).toMatchObject({ accepted: 1, duplicate: 1, conflicting: 0 });
    const other = await sendRows("timezones", [`${store},America/Denver`, `${store},America/Boise`]);
    expect(other.import?.counts).toMatchObject({ accepted: 1, conflicting: 1 });
    expect(other.warnings).toEqual(["conflicting_zone"]);
    expect((await storeOf(store)).time_zone).toBe("America/Boise");
  });

  it("Z12 names the tz database that does not know a zone", async () => {
    const sent = await sendRows("timezones", [`${id()},America/Nowhere`]);
    expect((await rejectsOf(sent))[0]?.reason).toMatch(/tz database 20\d\d[a-z]/);
  });
});
