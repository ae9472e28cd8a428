import { keepPreviousData, mutationOptions, queryOptions } from "@tanstack/react-query";
import type { CreateReport, Report } from "@/lib/contract/reports";
import type { WindowName } from "@/lib/uptime/types";
import { fetchJson } from "./fetch-json";

const watchMs = 1_000;
const refreshMs = 30_000;

const reportSchema = async () => (await import("@/lib/contract/reports")).ReportSchema;
const summarySchema = async () => (await import("@/lib/contract/report-summary")).ReportSummarySchema;
const listSchema = async () => (await import("@/lib/contract/reports")).ReportListSchema;

/** True while a worker still has something to do for it. */
export function isUnfinished({ state }: Pick<Report, "state">): boolean {
  return state === "queued" || state === "running";
}

export const reportQueries = {
  all: () => ["reports"] as const,
  lists: () => [...reportQueries.all(), "list"] as const,
  /** @param cursor of a page after the first */
  list: (cursor: string | null) =>
    queryOptions({
      queryKey: [...reportQueries.lists(), cursor],
      queryFn: ({ signal }) => {
        const search = cursor === null ? "" : `?${new URLSearchParams({ cursor }).toString()}`;
        return fetchJson(`/api/v1/reports${search}`, listSchema, { signal });
      },
      refetchInterval: ({ state }) => (state.data?.reports.some(isUnfinished) ? watchMs : refreshMs),
    }),
  /** A finished report never changes, so it is asked for no more. */
  one: (reportId: number) =>
    queryOptions({
      queryKey: [...reportQueries.all(), "report", reportId, "detail"],
      queryFn: ({ signal }) => fetchJson(`/api/v1/reports/${String(reportId)}`, reportSchema, { signal }),
      refetchInterval: ({ state }) => (state.data && !isUnfinished(state.data) ? false : watchMs),
    }),
  /** A complete report never changes, so neither does its summary. */
  summary: (reportId: number, window: WindowName) =>
    queryOptions({
      queryKey: [...reportQueries.all(), "report", reportId, "summary", window],
      queryFn: ({ signal }) =>
        fetchJson(`/api/v1/reports/${String(reportId)}/summary?window=${window}`, summarySchema, { signal }),
      staleTime: Infinity,
      placeholderData: keepPreviousData,
    }),
  cancel: () =>
    mutationOptions({
      mutationKey: [...reportQueries.all(), "cancel"],
      mutationFn: (reportId: number) =>
        fetchJson(`/api/v1/reports/${String(reportId)}`, reportSchema, { method: "DELETE" }),
    }),
  retry: () =>
    mutationOptions({
      mutationKey: [...reportQueries.all(), "retry"],
      mutationFn: (reportId: number) =>
        fetchJson(`/api/v1/reports/${String(reportId)}/retry`, reportSchema, { method: "POST" }),
    }),
  create: () =>
    mutationOptions({
      mutationKey: [...reportQueries.all(), "create"],
      mutationFn: (body: CreateReport) => fetchJson("/api/v1/reports", reportSchema, { method: "POST", json: body }),
    }),
};
