import type { Route } from "next";
import { oneOf, windowNames } from "@/lib/contract/enums";
import type { WindowName } from "@/lib/uptime/types";
import { first, unknownValue, type PageParams, type RawSearch } from "./raw-search";

export interface ReportParams {
  /** The window of the summary. */
  readonly window: WindowName;
}

/** Reads the address of a report's page. Never throws. */
export function parseReportParams(raw: RawSearch): PageParams<ReportParams> {
  const window = first(raw["window"]) ?? "";
  const known = oneOf(windowNames, window);
  const notices = window === "" || known !== null ? [] : [unknownValue(window, "Showing the last 7 days.")];
  return { params: { window: known ?? "week" }, notices };
}

/** The address of a report's page. */
export function reportHref(reportId: number, window: WindowName): Route {
  return `/reports/${String(reportId)}?window=${window}` as Route;
}
