import { defaultStyle, type TimeStyle } from "./time-style";

/** A piece of a text. */
interface LanguagePart {
  readonly text: string;
  /** BCP 47 tag; undefined: the language of the page. */
  readonly lang: string | undefined;
}

/** The tag of the language that a style's dates are in; undefined where that is the language of the pages. */
export function dateLanguage({ language }: TimeStyle): string | undefined {
  return /^en(-|$)/.test(language) ? undefined : language;
}

const escaped = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

const patterns = new Map<string, RegExp>();

/** Finds names of days and months and halves of the day that are not English, and other scripts. */
function patternOf({ language, weekdays, months, dayPeriods }: TimeStyle): RegExp {
  let pattern = patterns.get(language);
  if (pattern === undefined) {
    const english = new Set([...defaultStyle.weekdays, ...defaultStyle.months, ...defaultStyle.dayPeriods]);
    const names = [...weekdays, ...months, ...dayPeriods].filter((name) => /\p{L}/u.test(name) && !english.has(name));
    const alternatives = names.sort((a, b) => b.length - a.length).map(escaped);
    const other = String.raw`(?:(?!\p{Script=Latin})\p{L})+`;
    const name = String.raw`(?<!\p{L})(?:${alternatives.join("|")})(?!\p{L})`;
    const one = alternatives.length === 0 ? other : `${name}|${other}`;
    // A date is one piece: its names with the digits and marks between them.
    pattern = new RegExp(String.raw`(?:${one})(?:[^\p{L}]*(?:${one}))*`, "gu");
    patterns.set(language, pattern);
  }
  return pattern;
}

/** A text of the pages, split where dates in it are in another language (WCAG 2.2, 3.1.2). */
export function languageParts(text: string, style: TimeStyle): readonly LanguagePart[] {
  const lang = dateLanguage(style);
  if (lang === undefined) return [{ text, lang }];
  const parts: LanguagePart[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(patternOf(style))) {
    if (index > end) parts.push({ text: text.slice(end, index), lang: undefined });
    parts.push({ text: found, lang });
    end = index + found.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end), lang: undefined });
  return parts;
}
