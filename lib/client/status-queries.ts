import { queryOptions } from "@tanstack/react-query";
import { fetchJson } from "./fetch-json";

const statusSchema = async () => (await import("@/lib/contract/status")).ServiceStatusSchema;

export const statusQueries = {
  now: () =>
    queryOptions({
      queryKey: ["status"] as const,
      queryFn: ({ signal }) => fetchJson("/api/v1/status", statusSchema, { signal }),
      // Requested only while the page is visible.
      refetchInterval: 30_000,
    }),
};
