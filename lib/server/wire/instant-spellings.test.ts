import { describe, expect, it } from "vitest";
import { parseInstant } from "./as-of";
import { readInstant, UnreadableInstant } from "@/lib/server/text/instant";
import { TimestampReader } from "@/lib/server/text/timestamp";

const at = Date.UTC(2023, 0, 25, 18, 0, 0);

/** How other software writes 18:00 UTC on 25 January 2023, and by how many ms it is later. */
const spellings: readonly (readonly [text: string, ms: number])[] = [
  ...["2023-01-25T18:00Z", "2023-01-25 18:00Z", "2023-01-25T18:00:00Z", "2023-01-25t18:00:00z"].map(
    (text) => [text, 0] as const,
  ),
  ...["2023-01-25 18:00:00 UTC", "2023-01-25 18:00 UTC", "2023-01-25 18:00:00 utc"].map((text) => [text, 0] as const),
  ...["2023-01-25 18:00:00+00", "2023-01-25T18:00:00+00:00", "2023-01-25T18:00+0000"].map((text) => [text, 0] as const),
  ...["2023-01-25T18:00:00-00:00", "2023-01-25 18:00:00 +00:00", "2023-01-25 18:00:00 GMT"].map(
    (text) => [text, 0] as const,
  ),
  ["2023-01-25T18:00:00.123456789Z", 123],
  ["2023-01-25T18:00:00,5Z", 500],
  ["2023-01-25 18:00:00.123456+00", 123],
  ["2023-01-25T18:00:00.000+0000", 0],
  ["2023-01-25T18:00:00.1234567+00:00", 123],
  ["20230125T180000Z", 0],
  ["20230125T1800Z", 0],
  ["20230125T180000.250Z", 250],
  ["20230125T180000+0000", 0],
  ["2023-01-25T18:00Z[UTC]", 0],
  ["2023-01-25T18:00:00+00:00[Etc/UTC]", 0],
  ["2023-01-25 18:00:00 +0000 UTC", 0],
  ["2023-01-25 18:00:00.5 +0000 UTC", 500],
  ["Wed, 25 Jan 2023 18:00:00 GMT", 0],
  ["Wed, 25 Jan 2023 18:00:00 +0000", 0],
  ["Wed, 25 Jan 2023 18:00:00 +0000 (UTC)", 0],
  ["25 Jan 2023 18:00 UT", 0],
  ["Wednesday, 25-Jan-23 18:00:00 GMT", 0],
  ["Wed Jan 25 18:00:00 UTC 2023", 0],
  ["Wed Jan 25 18:00:00 +0000 2023", 0],
  ["Wed Jan 25 2023 18:00:00 GMT+0000 (Coordinated Universal Time)", 0],
  ["25/Jan/2023:18:00:00 +0000", 0],
  ["Wed Jan 25 18:00:00 2023", 0],
];

/** The same instant in another time zone. */
const elsewhere = [
  ...["2023-01-25T23:30:00+05:30", "2023-01-25 23:30:00 +0530", "2023-01-25T12:00-06:00", "2023-01-26T08:00:00+14:00"],
  ...["2023-01-25T04:00:00-14:00", "Wed, 25 Jan 2023 12:00:00 -0600", "2023-01-25 19:00:00 +0100 CET"],
  ...["Wed Jan 25 2023 19:00:00 GMT+0100 (Central European Standard Time)", "2023-01-25T19:00+01:00[Europe/Berlin]"],
];

const refused: readonly (readonly [text: string, code: string, reason: RegExp])[] = [
  ["2023-01-26T08:01:00+14:01", "bad_timestamp", /-14:00 to \+14:00/],
  ["2023-01-26T08:01:00+1401", "bad_timestamp", /-14:00 to \+14:00/],
  ["2023-01-26T08:01:00-14:30", "bad_timestamp", /-14:00 to \+14:00/],
  ["2023-01-26T08:01:00+15", "bad_timestamp", /-14:00 to \+14:00/],
  ["2023-01-26T08:01:00+23:59", "bad_timestamp", /-14:00 to \+14:00/],
  ["2023-01-25T18:00:00+05:60", "bad_timestamp", /-14:00 to \+14:00/],
  ["2023-01-25T18:00:00+5", "bad_timestamp", /zone is not readable/],
  ["2023-01-25T18:00:00 05:30", "bad_timestamp", /%2B/],
  ["2023-01-25T24:00:00Z", "bad_timestamp", /00:00 of the next day/],
  ["2023-01-25T23:59:60Z", "bad_timestamp", /leap seconds/],
  ["2023-02-29T00:00:00Z", "bad_timestamp", /no such date/],
  ["Wed, 29 Feb 2023 18:00:00 GMT", "bad_timestamp", /no such date/],
  ["2023-13-01T00:00Z", "bad_timestamp", /no such date/],
  ["2023-01-25T25:00Z", "bad_timestamp", /no such time/],
  ["20230125T186000Z", "bad_timestamp", /no such time/],
  ["Thu, 25 Jan 2023 18:00:00 GMT", "bad_timestamp", /another day of the week/],
  ["2023-01-25T18:00:00.1234567890Z", "bad_timestamp", /nine digits/],
  ["2023-01-25T18:00.5Z", "bad_timestamp", /seconds before their fraction/],
  ["2023-01-25", "bad_timestamp", /time of day is missing/],
  ["20230125", "bad_timestamp", /time of day is missing|epoch/],
  ["1674669600", "bad_timestamp", /epoch time/],
  ["1674669600000", "bad_timestamp", /epoch time/],
  ["44951.75", "bad_timestamp", /serial date/],
  ["01/25/2023 18:00", "bad_timestamp", /year first/],
  ["2023-01-25 06:00:00 PM", "bad_timestamp", /from 00:00 to 23:59/],
  ["2023-01-25 18:00:00 EST", "ambiguous_zone", /EST is ambiguous/],
  ["Wed, 25 Jan 2023 18:00:00 PST", "ambiguous_zone", /PST is ambiguous/],
  ["2023-01-25 18:00:00 America/Chicago", "ambiguous_zone", /ambiguous/],
  ["now", "bad_timestamp", /2023-01-25T18:13:22Z/],
  ["", "bad_timestamp", /2023-01-25T18:13:22Z/],
];

describe("an instant", () => {
  it.each(spellings)("is read from %s, by the API and in files alike", (text, ms) => {
    expect(readInstant(text)).toMatchObject({ at: at + ms });
    expect(parseInstant("from", text)).toBe(at + ms);
    const bytes = Buffer.from(text);
    const reader = new TimestampReader(Date.UTC(2026, 0, 1));
    expect(reader.read(bytes, 0, bytes.length)).toBe(at + ms);
    expect(reader).toMatchObject({ converted: false });
  });

  it.each(elsewhere)("is read from %s and converted", (text) => {
    expect(parseInstant("from", text)).toBe(at);
    const bytes = Buffer.from(text);
    const reader = new TimestampReader(Date.UTC(2026, 0, 1));
    expect(reader.read(bytes, 0, bytes.length)).toBe(at);
    expect(reader).toMatchObject({ converted: true, zoneMissing: false });
  });

  it.each(refused)("is not %j, and the reason says what to write", (text, code, reason) => {
    const read = readInstant(text);
    expect(read).toBeInstanceOf(UnreadableInstant);
    expect(read).toMatchObject({ code, reason: expect.stringMatching(reason) as string });
    expect(() => parseInstant("from", text)).toThrow(reason);
    if (text === "") return;
    const bytes = Buffer.from(text);
    const reader = new TimestampReader(Date.UTC(2026, 0, 1));
    expect(reader.read(bytes, 0, bytes.length)).toBeNaN();
    expect(reader.fault).toMatchObject({ code, reason: expect.stringMatching(reason) as string });
  });

  it("without a zone is UTC in a file, whose column says so, and rejected by the API", () => {
    for (const text of ["2023-01-25 18:00:00", "2023-01-25T18:00", "20230125T180000"]) {
      const bytes = Buffer.from(text);
      const reader = new TimestampReader(Date.UTC(2026, 0, 1));
      expect(reader.read(bytes, 0, bytes.length)).toBe(at);
      expect(reader.zoneMissing).toBe(true);
      expect(() => parseInstant("as_of", text)).toThrow(/as_of: the zone is missing; write Z/);
    }
  });

  it("is rejected quickly when it is a very long text", () => {
    const since = performance.now();
    readInstant(`${"2023-01-25 18:00:00 ".repeat(5)}${" A".repeat(2_000)}!`);
    expect(performance.now() - since).toBeLessThan(1_000);
  });
});
