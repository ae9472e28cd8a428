import type { ConvertedHours, ConvertHours, HoursFormat } from "@/lib/contract/hours-conversion";
import { ConvertedWeek, refuse } from "./converted-week";
import { readDoorDash, readUberEats } from "./delivery";
import { readGoogle } from "./google";
import { isFields, listOf } from "./json-fields";
import { readOpenStreetMap } from "./openstreetmap";
import { readSchemaOrg } from "./schema-org";
import { schemaOrgNames } from "./schema-org-things";

const readers: Record<Exclude<HoursFormat, "openstreetmap">, (value: unknown, week: ConvertedWeek) => void> = {
  "schema.org": readSchemaOrg,
  google: readGoogle,
  uber_eats: readUberEats,
  doordash: readDoorDash,
};

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    return refuse(
      "The text",
      `it is not complete JSON (${cause instanceof Error ? cause.message.slice(0, 100) : ""}). Copy all of it.`,
    );
  }
}

/** The format of a JSON value by the names in it. */
function formatOf(value: unknown): Exclude<HoursFormat, "openstreetmap"> {
  const names = (one: unknown): string[] => {
    if (Array.isArray(one)) return one.flatMap(names);
    return isFields(one) ? [...Object.keys(one), ...listOf(one["@graph"]).flatMap(names)] : [];
  };
  const found = names(value);
  const has = (...wanted: readonly string[]): boolean => wanted.some((name) => found.includes(name));
  if (has("regularHours", "specialHours", "periods", "specialHourPeriods")) return "google";
  if (has("service_availability", "menus", "time_periods")) return "uber_eats";
  if (has("hours", "open_hours", "special_hours", "store")) return "doordash";
  if (has(...schemaOrgNames)) return "schema.org";
  return refuse("The text", "its format is not recognized. Give the format, or paste the part with the hours.");
}

/** Weekly hours from another spelling (docs/hours-formats.md). @throws AppError invalid_hours: nothing is converted */
export function convertHours({ format, text }: ConvertHours): ConvertedHours {
  const week = new ConvertedWeek();
  const trimmed = text.replace(/^\ufeff/, "").trim();
  const isJson = /^[[{]/.test(trimmed);
  if (format === "openstreetmap" || (format === undefined && !isJson)) {
    readOpenStreetMap(trimmed, week);
    return week.result("openstreetmap");
  }
  const value = parseJson(trimmed);
  const chosen = format ?? formatOf(value);
  readers[chosen](value, week);
  return week.result(chosen);
}
