const dayNames = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;

/** 1 January 2024 is a Monday. */
const namesIn = (locale: string): readonly string[] => {
  const format = new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" });
  return dayNames.map((_, day) => format.format(Date.UTC(2024, 0, 1 + day)).toLowerCase());
};

/** Names of days in other languages, for hints only. */
const foreignNames = ["de", "fr", "es", "it", "pt", "nl"].map(namesIn);

/** The day of a name or its first letters; null where languages disagree: "do" is Donnerstag and domingo. */
function dayNamed(text: string): number | null {
  if (text.length < 2) return null;
  const own = dayNames.findIndex((name) => name.toLowerCase().startsWith(text));
  if (own >= 0) return own;
  const found = new Set(foreignNames.map((names) => names.findIndex((name) => name.startsWith(text))));
  found.delete(-1);
  const [day = null] = found;
  return found.size === 1 ? day : null;
}

/**
 * What to write instead of a text that is no day from 0 to 6, where it is clear what was meant.
 * @param text the field, trimmed
 */
export function dayHint(text: string): string | undefined {
  const lower = text.normalize("NFKC").toLowerCase().replace(/\.$/, "");
  if (lower !== text.toLowerCase() && /^[0-6]$/.test(lower)) return `write it as a plain digit: ${lower}`;
  const named = dayNamed(lower);
  if (named !== null) return `write ${String(named)} for ${dayNames[named] ?? ""}`;
  if (/^[0-6][.,]0+$/.test(lower)) return `write ${lower.slice(0, 1)}`;
  if (lower === "7") return "days go from 0 (Monday) to 6 (Sunday); if the file counts from 1, lower every day by 1";
  const isSeveral = /^(daily|every ?day|all|week ?days?|week ?ends?)$|^[\p{L}\d]+\s*[-–,/&+]\s*[\p{L}\d]/u.test(lower);
  return isSeveral ? "write a row for each day, with 0 for Monday to 6 for Sunday" : undefined;
}
