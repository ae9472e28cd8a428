import { mutationOptions, queryOptions } from "@tanstack/react-query";
import { fetchJson } from "./fetch-json";

const removalSchema = async () => (await import("@/lib/contract/poll-removals")).PollRemovalSchema;
const listSchema = async () => (await import("@/lib/contract/poll-removals")).PollRemovalListSchema;

/** Later than any poll is accepted. */
const endOfTime = "2099-12-31T23:59:59.999Z";

export const removalQueries = {
  all: () => ["poll-removals"] as const,
  /** The newest removals. */
  recent: () =>
    queryOptions({
      queryKey: [...removalQueries.all(), "recent"],
      queryFn: ({ signal }) => fetchJson("/api/v1/poll-removals?limit=10", listSchema, { signal }),
    }),
  /** Removes all polls of a store from an instant on. */
  removeFrom: () =>
    mutationOptions({
      mutationFn: ({ storeId, from }: { readonly storeId: string; readonly from: string }) => {
        const search = new URLSearchParams({ store: storeId, from, to: endOfTime });
        return fetchJson(`/api/v1/polls?${search.toString()}`, removalSchema, { method: "DELETE" });
      },
    }),
  undo: () =>
    mutationOptions({
      mutationFn: (id: number) =>
        fetchJson(`/api/v1/poll-removals/${String(id)}/undo`, removalSchema, { method: "POST" }),
    }),
};
