import { defaultStyle } from "@/lib/format/time-style";
import { readerClock, utcOffsets, type Clock, type ZoneOffsets } from "@/lib/format/zoned-time";

/** Clocks written by hand: what they show rests on no rules of the runtime, nor on ours. With 24 hours, in English. */

const usStyle = { ...defaultStyle, hour12: true };

/** A zone's clock as an American browser has it. */
export function usClock(zone: ZoneOffsets): Clock {
  return readerClock(zone, usStyle);
}

export const utcClock: Clock = readerClock(utcOffsets, defaultStyle);

/** 2022 and 2023. */
export const chicago: Clock = {
  style: defaultStyle,
  time_zone: "America/Chicago",
  offsets: [
    { from: null, offset_seconds: -21_600, abbreviation: "CST" },
    { from: "2022-03-13T08:00:00Z", offset_seconds: -18_000, abbreviation: "CDT" },
    { from: "2022-11-06T07:00:00Z", offset_seconds: -21_600, abbreviation: "CST" },
    { from: "2023-03-12T08:00:00Z", offset_seconds: -18_000, abbreviation: "CDT" },
    { from: "2023-11-05T07:00:00Z", offset_seconds: -21_600, abbreviation: "CST" },
  ],
};

/** The spring of 2023. */
export const newYork: Clock = {
  style: defaultStyle,
  time_zone: "America/New_York",
  offsets: [
    { from: null, offset_seconds: -18_000, abbreviation: "EST" },
    { from: "2023-03-12T07:00:00Z", offset_seconds: -14_400, abbreviation: "EDT" },
  ],
};

export const kathmandu: Clock = {
  style: defaultStyle,
  time_zone: "Asia/Kathmandu",
  offsets: [{ from: null, offset_seconds: 20_700, abbreviation: "+0545" }],
};

/** The autumn of 2026: the name changes, the clocks do not. */
export const vancouver: Clock = {
  style: defaultStyle,
  time_zone: "America/Vancouver",
  offsets: [
    { from: null, offset_seconds: -28_800, abbreviation: "PST" },
    { from: "2026-03-08T10:00:00Z", offset_seconds: -25_200, abbreviation: "PDT" },
    { from: "2026-11-01T09:00:00Z", offset_seconds: -25_200, abbreviation: "MST" },
  ],
};

/** The night of 14 August 2015: an hour's half comes twice under one name. */
export const pyongyang: Clock = {
  style: defaultStyle,
  time_zone: "Asia/Pyongyang",
  offsets: [
    { from: null, offset_seconds: 32_400, abbreviation: "KST" },
    { from: "2015-08-14T15:00:00Z", offset_seconds: 30_600, abbreviation: "KST" },
  ],
};
