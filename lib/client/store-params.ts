import type { Route } from "next";
import { oneOf } from "@/lib/contract/enums";
import { parseReportId } from "./page-params";
import { first, unknownValue, type PageParams, type RawSearch } from "./raw-search";
import { defaultPeriod, namedPeriods, parseDates, type StorePeriod } from "./store-period";

export interface StoreParams {
  /** Of the chart, the incidents and the CSV. */
  readonly period: StorePeriod;
  /** A report of this store that the page shows. */
  readonly reportId: number | null;
  /** Name of the zone that times are shown in; null: the store's own. */
  readonly zone: string | null;
  /** Whether the address names a zone; links then keep it, because the reader may have another one remembered. */
  readonly isZoneNamed: boolean;
}

/** "UTC" in any case, what has the shape of a tz database name, or null. Whether there is such a zone the server knows. */
function parseZone(text: string): string | null {
  if (text.toLowerCase() === "utc") return "UTC";
  return text.length <= 64 && /^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+){0,2}$/.test(text) ? text : null;
}

function parsePeriod(raw: RawSearch): PageParams<StorePeriod> {
  const instead = "Showing the last 7 days.";
  const [from, to] = [first(raw["from"]) ?? "", first(raw["to"]) ?? ""];
  if (from !== "" || to !== "") {
    const dates = parseDates(from, to);
    if (dates !== null) return { params: dates, notices: [] };
    return { params: defaultPeriod, notices: [unknownValue(`${from} to ${to}`, instead)] };
  }
  const window = first(raw["window"]) ?? "";
  const known = oneOf(namedPeriods, window);
  return {
    params: known ?? defaultPeriod,
    notices: window === "" || known !== null ? [] : [unknownValue(window, instead)],
  };
}

/** Reads the address of a store's page. Never throws. */
export function parseStoreParams(raw: RawSearch): PageParams<StoreParams> {
  const { params: period, notices: periodNotices } = parsePeriod(raw);
  const notices = [...periodNotices];
  const report = first(raw["report"]) ?? "";
  const reportId = parseReportId(report);
  if (report !== "" && reportId === null) notices.push(unknownValue(report, "Showing no report."));
  const zoneText = first(raw["zone"]) ?? "";
  const isOwn = zoneText === "" || zoneText === "store";
  const zone = isOwn ? null : parseZone(zoneText);
  if (!isOwn && zone === null) {
    notices.push(unknownValue(zoneText, "Showing the store’s time."));
  }
  return { params: { period, reportId, zone, isZoneNamed: zoneText !== "" }, notices };
}

/** The address of a store's page. */
export function storeHref(storeId: string, { period, reportId, zone, isZoneNamed }: StoreParams): Route {
  const search = new URLSearchParams(typeof period === "string" ? { window: period } : { ...period });
  if (zone !== null || isZoneNamed) search.set("zone", zone ?? "store");
  if (reportId !== null) search.set("report", String(reportId));
  // A zone's slash is as good as its escape in a search, and easier to read.
  return `/stores/${storeId}?${search.toString().replaceAll("%2F", "/")}` as Route;
}
