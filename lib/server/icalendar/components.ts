import { CalendarFault } from "./calendar-fault";
import { contentLines, type ContentLine } from "./content-lines";

/** A component, such as an event or a time zone, with what it contains. */
export interface Component {
  /** Upper case. */
  readonly name: string;
  /** Physical line of its BEGIN. */
  readonly line: number;
  readonly properties: readonly ContentLine[];
  readonly children: readonly Component[];
}

interface OpenComponent extends Component {
  readonly properties: ContentLine[];
  readonly children: Component[];
}

const deepest = 10;

/** What a text is that does not start as a calendar. */
function startFault(text: string): string {
  const start = text.replace(/^\ufeff/, "").trimStart();
  if (start === "") return "the calendar is empty. Check the file or address.";
  if (start.startsWith("<")) {
    return "this is a web page, not a calendar. Use the calendar's iCal address, which usually ends in .ics.";
  }
  if (start.startsWith("PK")) return "this is a ZIP archive. Unpack it, and use the .ics file inside.";
  return "this is not an iCalendar file, which starts with BEGIN:VCALENDAR. Export the calendar as iCal (.ics).";
}

/** The calendars of a text; a file may hold several. @throws CalendarFault */
export function readComponents(text: string): readonly Component[] {
  if (!/^\ufeff?\s*BEGIN:VCALENDAR\s/i.test(text)) throw new CalendarFault(1, startFault(text));
  const calendars: Component[] = [];
  const open: OpenComponent[] = [];
  for (const property of contentLines(text)) {
    const { name, value, line } = property;
    const inside = open.at(-1);
    if (name === "BEGIN") {
      const component = { name: value.trim().toUpperCase(), line, properties: [], children: [] };
      if (open.length === deepest) throw new CalendarFault(line, "components are nested too deeply.");
      if (inside === undefined && component.name !== "VCALENDAR") {
        throw new CalendarFault(line, `${component.name} is outside BEGIN:VCALENDAR. Export the calendar again.`);
      }
      (inside?.children ?? calendars).push(component);
      open.push(component);
    } else if (name === "END") {
      if (inside?.name !== value.trim().toUpperCase()) {
        const expected =
          inside === undefined ? "nothing is open" : `${inside.name} of line ${String(inside.line)} is open`;
        throw new CalendarFault(line, `END:${value.trim()}, but ${expected}. Export the calendar again.`);
      }
      open.pop();
    } else if (inside === undefined) {
      throw new CalendarFault(line, `${name} is outside BEGIN:VCALENDAR. Export the calendar again.`);
    } else inside.properties.push(property);
  }
  const unclosed = open.at(-1);
  if (unclosed !== undefined) {
    throw new CalendarFault(
      unclosed.line,
      `${unclosed.name} has no END:${unclosed.name}. The calendar was cut off: download or export it again.`,
    );
  }
  return calendars;
}

/** The first property of a name. */
export function propertyOf({ properties }: Component, name: string): ContentLine | undefined {
  return properties.find((property) => property.name === name);
}

/** Text of a property without escapes, control characters and changes of direction. */
export function textOfProperty(property: ContentLine | undefined, longest = 200): string {
  if (property === undefined) return "";
  const unescaped = property.value.replace(/\\([nN,;\\])/g, (_, one: string) => (/n/i.test(one) ? " " : one));
  return unescaped
    .replace(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu, " ")
    .trim()
    .slice(0, longest)
    .replace(/\p{Cs}$/u, "");
}
