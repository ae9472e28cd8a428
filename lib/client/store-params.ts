import type { Route } from "next";
import { oneOf, windowNames } from "@/lib/contract/enums";
import type { WindowName } from "@/lib/uptime/types";
import { first, parseReportId, unknownValue, type PageParams, type RawSearch } from "./page-params";

export interface StoreParams {
  readonly window: WindowName;
  /** A report of this store that the page shows. */
  readonly reportId: number | null;
  /** Name of the zone that times are shown in; null: the store's own. */
  readonly zone: string | null;
}

/** "UTC" in any case, what has the shape of a tz database name, or null. Whether there is such a zone the server knows. */
function parseZone(text: string): string | null {
  if (text.toLowerCase() === "utc") return "UTC";
  return text.length <= 64 && /^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+){0,2}$/.test(text) ? text : null;
}

/** Reads the address of a store's page. Never throws. */
export function parseStoreParams(raw: RawSearch): PageParams<StoreParams> {
  const notices: string[] = [];
  const window = first(raw["window"]) ?? "";
  const known = oneOf(windowNames, window);
  if (window !== "" && known === null) notices.push(unknownValue(window, "Showing the last 24 hours."));
  const report = first(raw["report"]) ?? "";
  const reportId = parseReportId(report);
  if (report !== "" && reportId === null) notices.push(unknownValue(report, "Showing no report."));
  const zoneText = first(raw["zone"]) ?? "";
  const isOwn = zoneText === "" || zoneText === "store";
  const zone = isOwn ? null : parseZone(zoneText);
  if (!isOwn && zone === null) {
    notices.push(unknownValue(zoneText, "Showing the store’s time."));
  }
  return { params: { window: known ?? "day", reportId, zone }, notices };
}

/** The address of a store's page. */
export function storeHref(storeId: string, { window, reportId, zone }: StoreParams): Route {
  const search = new URLSearchParams({ window });
  if (zone !== null) search.set("zone", zone);
  if (reportId !== null) search.set("report", String(reportId));
  // A zone's slash is as good as its escape in a search, and easier to read.
  return `/stores/${storeId}?${search.toString().replaceAll("%2F", "/")}` as Route;
}
