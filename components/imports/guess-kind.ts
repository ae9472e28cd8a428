import type { ImportKindName } from "@/lib/contract/imports";

const nameHints: readonly (readonly [RegExp, ImportKindName])[] = [
  [/zone|\btz\b/i, "timezones"],
  [/exception|holiday/i, "exceptions"],
  [/hour|menu/i, "hours"],
  [/poll|status|check|observ/i, "polls"],
  [/store|name/i, "stores"],
];

/** What a file's name says that it holds; null where it says nothing. "store_status.csv" holds polls. */
export function guessKindByName(fileName: string): ImportKindName | null {
  return nameHints.find(([hint]) => hint.test(fileName))?.[1] ?? null;
}

/** Columns by which a header is known, the most telling first; names without spaces, underscores and case. */
const columnHints: readonly (readonly [readonly string[], ImportKindName])[] = [
  [["status"], "polls"],
  [["timestamputc"], "polls"],
  [["date", "localdate"], "exceptions"],
  [["day", "dayofweek"], "hours"],
  // A file of stores may have their time zones, too.
  [["name", "storename", "brand", "group", "groupname", "address", "url", "tags", "lifecycle"], "stores"],
  [["timezonestr", "timezone"], "timezones"],
];

/** What the first line of a file says that it holds; null where it is no header of ours. */
export function guessKindByHeader(line: string): ImportKindName | null {
  const columns = line.split(/[,;\t|]/).map((name) => name.replace(/["\s_]/g, "").toLowerCase());
  if (!columns.includes("storeid")) return null;
  return columnHints.find(([names]) => names.some((name) => columns.includes(name)))?.[1] ?? null;
}
