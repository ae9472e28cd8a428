import { describe, expect, it } from "vitest";
import { dateText, defaultStyle, timeOfDay } from "@/lib/format/time-style";
import { timeStyleFor } from "./time-style";

const styleOf = (acceptLanguage: string | null, dates?: string, clock?: string) =>
  timeStyleFor({ acceptLanguage, dates, clock });
const date = new Date("2023-01-25T00:00:00Z");

describe("how a reader writes times", () => {
  it("follows the most wanted language of the browser that dates can be in", () => {
    expect(styleOf("en-US,en;q=0.9").hour12).toBe(true);
    expect(dateText("weekdayDate", date, styleOf("en-US"))).toBe("Wed, Jan 25");
    expect(styleOf("en-GB").hour12).toBe(false);
    expect(dateText("weekdayDate", date, styleOf("en-GB"))).toBe("Wed 25 Jan");
    expect(styleOf("en;q=0.3, de-AT;q=0.9").language).toBe("de-AT");
    expect(dateText("date", date, styleOf("fr;q=0.5,ja"))).toBe("1月25日");
    expect(styleOf("xx-unknown, sv;q=0.1").language).toBe("sv");
  });

  it("is US English with 24 hours where the browser says nothing that can be read", () => {
    for (const header of [null, "", "*", "en_US", ";q=1", "de;q=0", "-", "x".repeat(500)]) {
      expect(styleOf(header)).toBe(defaultStyle);
    }
  });

  it("leaves out languages that are written from right to left", () => {
    expect(styleOf("ar-EG, he;q=0.9, pl;q=0.8").language).toBe("pl");
  });

  it("has the digits and the calendar of the figures in every language", () => {
    for (const language of ["th-u-ca-buddhist", "hi-IN-u-nu-deva", "fa-AF, th", "my", "ja-JP-u-ca-japanese"]) {
      expect(dateText("fullDate", date, styleOf(language))).toContain("2023");
      expect(dateText("fullDate", date, styleOf(language))).toContain("25");
    }
  });

  it.each([
    ["zh-CN", "上午12:05", "下午3:32", "下午12:00"],
    ["zh-TW", "上午12:05", "下午3:32", "下午12:00"],
    ["ja", "午前0:05", "午後3:32", "午後0:00"],
    ["en-US", "12:05 AM", "3:32 PM", "12:00 PM"],
    ["es", "12:05 a. m.", "3:32 p. m.", "12:00 p. m."],
  ])("in %s puts the half of the day where the language has it", (language, night, afternoon, noon) => {
    const style = styleOf(language, undefined, "12");
    const texts = [300, 55_920, 43_200].map((at) => timeOfDay(at, style).replace(/\s/gu, " "));
    expect(texts).toEqual([night, afternoon, noon]);
  });

  it("writes the half of the day first in Korean, with a space", () => {
    expect(styleOf("ko").pattern12).toBe("{period}\u00a0{time}");
  });

  it("prefers what the reader chose, and ignores a choice that is none", () => {
    expect(styleOf("en-US", "de", "12")).toMatchObject({ language: "de", hour12: true });
    expect(styleOf("en-US", undefined, "24")).toMatchObject({ language: "en-US", hour12: false });
    expect(styleOf("en-US", "<script>", "36")).toMatchObject({ language: "en-US", hour12: true });
  });

  it("is the same object for the same language, so that a server keeps a few", () => {
    expect(styleOf("de-DE-u-nu-arab-x-1")).toBe(styleOf("de-DE"));
  });
});
