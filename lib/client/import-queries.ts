import { mutationOptions, queryOptions } from "@tanstack/react-query";
import type { Import } from "@/lib/contract/imports";
import { fetchJson } from "./fetch-json";

const watchMs = 1_000;
const refreshMs = 30_000;

/** Rejected rows on the page of an import; its file has the others. */
const rejectsShown = 20;

const importSchema = async () => (await import("@/lib/contract/imports")).ImportSchema;
const listSchema = async () => (await import("@/lib/contract/imports")).ImportListSchema;

const rejectsSchema = async () => (await import("@/lib/contract/imports")).ImportRejectsSchema;

/** True while its bytes still come in or a worker still has something to do for it. */
export function isUnfinishedImport({ state }: Pick<Import, "state">): boolean {
  return state === "receiving" || state === "queued" || state === "running" || state === "undoing";
}

export const importQueries = {
  all: () => ["imports"] as const,
  lists: () => [...importQueries.all(), "list"] as const,
  /** @param cursor of a page after the first */
  list: (cursor: string | null) =>
    queryOptions({
      queryKey: [...importQueries.lists(), cursor],
      queryFn: ({ signal }) => {
        const search = cursor === null ? "" : `?${new URLSearchParams({ cursor }).toString()}`;
        return fetchJson(`/api/v1/imports${search}`, listSchema, { signal });
      },
      refetchInterval: ({ state }) => (state.data?.imports.some(isUnfinishedImport) ? watchMs : refreshMs),
    }),
  one: (importId: number) =>
    queryOptions({
      queryKey: [...importQueries.all(), "import", importId],
      queryFn: ({ signal }) => fetchJson(`/api/v1/imports/${String(importId)}`, importSchema, { signal }),
      refetchInterval: ({ state }) => (state.data && !isUnfinishedImport(state.data) ? false : watchMs),
    }),
  /** The first rejected rows of an import that has ended. */
  rejects: (importId: number) =>
    queryOptions({
      queryKey: [...importQueries.all(), "rejects", importId],
      queryFn: ({ signal }) =>
        fetchJson(`/api/v1/imports/${String(importId)}/rejects?limit=${String(rejectsShown)}`, rejectsSchema, {
          signal,
        }),
    }),
  cancel: () =>
    mutationOptions({
      mutationKey: [...importQueries.all(), "cancel"],
      mutationFn: (importId: number) =>
        fetchJson(`/api/v1/imports/${String(importId)}/cancel`, importSchema, { method: "POST" }),
    }),
  undo: () =>
    mutationOptions({
      mutationKey: [...importQueries.all(), "undo"],
      mutationFn: (importId: number) =>
        fetchJson(`/api/v1/imports/${String(importId)}/undo`, importSchema, { method: "POST" }),
    }),
};
