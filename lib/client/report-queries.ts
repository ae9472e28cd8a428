import { mutationOptions, queryOptions } from "@tanstack/react-query";
import { ReportListSchema, ReportSchema, type CreateReport, type Report } from "@/lib/contract/reports";
import { fetchJson } from "./fetch-json";

const watchMs = 1_000;
const refreshMs = 30_000;

/** True while a worker still has something to do for it. */
export function isUnfinished({ state }: Pick<Report, "state">): boolean {
  return state === "queued" || state === "running";
}

export const reportQueries = {
  all: () => ["reports"] as const,
  list: () =>
    queryOptions({
      queryKey: [...reportQueries.all(), "list"],
      queryFn: ({ signal }) => fetchJson("/api/v1/reports", ReportListSchema, { signal }),
      refetchInterval: ({ state }) => (state.data?.reports.some(isUnfinished) ? watchMs : refreshMs),
    }),
  /** A finished report never changes, so it is asked for no more. */
  one: (reportId: number) =>
    queryOptions({
      queryKey: [...reportQueries.all(), reportId],
      queryFn: ({ signal }) => fetchJson(`/api/v1/reports/${String(reportId)}`, ReportSchema, { signal }),
      refetchInterval: ({ state }) => (state.data && !isUnfinished(state.data) ? false : watchMs),
    }),
  create: () =>
    mutationOptions({
      mutationKey: [...reportQueries.all(), "create"],
      mutationFn: (body: CreateReport) => fetchJson("/api/v1/reports", ReportSchema, { method: "POST", json: body }),
    }),
};
