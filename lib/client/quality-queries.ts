import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { QualityListName } from "@/lib/contract/data-quality";
import { fetchJson } from "./fetch-json";

const summarySchema = async () => (await import("@/lib/contract/data-quality")).DataQualitySchema;
const listSchema = async () => (await import("@/lib/contract/data-quality")).QualityListSchema;

export const qualityQueries = {
  all: () => ["data-quality"] as const,
  summary: () =>
    queryOptions({
      queryKey: [...qualityQueries.all(), "summary"],
      queryFn: ({ signal }) => fetchJson("/api/v1/data-quality", summarySchema, { signal }),
      refetchInterval: 60_000,
    }),
  list: (list: QualityListName) =>
    infiniteQueryOptions({
      queryKey: [...qualityQueries.all(), "list", list],
      queryFn: ({ signal, pageParam }) => {
        const search = pageParam === null ? "" : `?${new URLSearchParams({ cursor: pageParam }).toString()}`;
        return fetchJson(`/api/v1/data-quality/${list}${search}`, listSchema, { signal });
      },
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.next_cursor,
    }),
};
