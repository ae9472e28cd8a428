import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { languageParts } from "./language-parts";
import { defaultStyle, type TimeStyle } from "./time-style";

const german: TimeStyle = {
  ...defaultStyle,
  language: "de",
  weekdays: ["So", "Mo", "Di", "Mi", "Do", "Fr", "Sa"],
  months: ["Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."],
};
const chinese: TimeStyle = {
  ...defaultStyle,
  language: "zh-CN",
  dayPeriods: ["上午", "下午"],
  weekdays: ["周日", "周一", "周二", "周三", "周四", "周五", "周六"],
  months: Array.from({ length: 12 }, (_, month) => String(month + 1)),
};
const marked = (text: string, style: TimeStyle) =>
  languageParts(text, style)
    .map((part) => (part.lang === undefined ? part.text : `[${part.lang} ${part.text}]`))
    .join("");

describe("the dates of a text", () => {
  it.each([
    ["Mi, 25. Jan., 18:12 UTC", "[de Mi, 25. Jan.], 18:12 UTC"],
    [
      "Offline 2 h on Do, 26. Jan.; 3 times in the 7 days to Mi, 1. Feb.",
      "Offline 2 h on [de Do, 26. Jan.]; 3 times in the 7 days to [de Mi, 1. Feb.]",
    ],
    ["23 min ago", "23 min ago"],
    ["Monday", "Monday"],
  ])("in another language are marked: %s", (text, expected) => {
    expect(marked(text, german)).toBe(expected);
  });

  it("in another script are marked with the words between their numbers", () => {
    expect(marked("Data as of 1月25日周三 下午3:12", chinese)).toBe("Data as of 1[zh-CN 月25日周三 下午]3:12");
  });

  it("are not marked in English, British or American", () => {
    for (const language of ["en-US", "en-GB", "en"]) {
      const text = "Wed 25 Jan, 3:12 pm";
      expect(languageParts(text, { ...defaultStyle, language })).toEqual([{ text, lang: undefined }]);
    }
  });

  it("lose nothing of the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.constantFrom(german, chinese, defaultStyle), (text, style) => {
        expect(
          languageParts(text, style)
            .map((part) => part.text)
            .join(""),
        ).toBe(text);
      }),
    );
  });
});
