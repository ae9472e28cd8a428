import { CalendarFault } from "./calendar-fault";

/** A property of a calendar, unfolded (RFC 5545, 3.1). */
export interface ContentLine {
  /** Upper case. */
  readonly name: string;
  /** By upper-case name; of a list of values the first one. */
  readonly params: ReadonlyMap<string, string>;
  readonly value: string;
  /** Physical line on which it starts, from 1. */
  readonly line: number;
}

const longestText = 5_000_000;
/** Of an unfolded line. Attachments may be long, and are ignored. */
const longestLine = 1_000_000;

const paramPattern = /;([A-Za-z0-9-]+)=("[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*/y;

function readLine(text: string, line: number): ContentLine {
  const [name = ""] = /^[A-Za-z0-9-]+/.exec(text) ?? [];
  const params = new Map<string, string>();
  let at = name.length;
  while (name !== "" && text[at] === ";") {
    paramPattern.lastIndex = at;
    const match = paramPattern.exec(text);
    if (match === null) break;
    params.set((match[1] ?? "").toUpperCase(), (match[2] ?? "").replaceAll('"', ""));
    at = paramPattern.lastIndex;
  }
  if (name === "" || text[at] !== ":") {
    throw new CalendarFault(
      line,
      "expected NAME:value. If the line continues the one before, start it with a space; otherwise export the calendar again.",
    );
  }
  return { name: name.toUpperCase(), params, value: text.slice(at + 1), line };
}

/** Splits a calendar into its properties. @throws CalendarFault */
export function* contentLines(text: string): Generator<ContentLine> {
  if (text.length > longestText) throw new CalendarFault(1, "the calendar is larger than 5 MB. Use a smaller one.");
  const lines = text.replace(/^\ufeff/, "").split(/\r\n|\n|\r/);
  let unfolded: string | null = null;
  let startLine = 0;
  for (const [index, physical] of lines.entries()) {
    if (unfolded !== null && (physical.startsWith(" ") || physical.startsWith("\t"))) {
      unfolded += physical.slice(1);
      if (unfolded.length > longestLine)
        throw new CalendarFault(startLine, "the line is longer than 1,000,000 characters.");
      continue;
    }
    if (unfolded !== null && unfolded.trim() !== "") yield readLine(unfolded, startLine);
    unfolded = physical;
    startLine = index + 1;
  }
  if (unfolded !== null && unfolded.trim() !== "") yield readLine(unfolded, startLine);
}
