import { mutationOptions, queryOptions } from "@tanstack/react-query";
import type { CreateStore } from "@/lib/contract/store-record";
import { fetchJson } from "./fetch-json";

const contract = () => import("@/lib/contract/store-record");
const idSchema = async () => (await contract()).StoreIdOnlySchema;
const mergeSchema = async () => (await contract()).StoreMergeSchema;

/** Two stores that are one: the source's id becomes an earlier id of the store. */
interface Merge {
  readonly storeId: string;
  readonly sourceId: string;
}

const merge = ({ storeId, sourceId }: Merge, isPreview: boolean) =>
  fetchJson(`/api/v1/stores/${storeId}/merge`, mergeSchema, {
    method: "POST",
    json: { source_id: sourceId, dry_run: isPreview },
  });

/** Which stores there are. */
export const storeRecordQueries = {
  all: () => ["store-record"] as const,
  create: () =>
    mutationOptions({
      mutationFn: (store: CreateStore) => fetchJson("/api/v1/stores", idSchema, { method: "POST", json: store }),
    }),
  correctId: (storeId: string) =>
    mutationOptions({
      mutationFn: (correct: string) =>
        fetchJson(`/api/v1/stores/${storeId}/id`, idSchema, { method: "PUT", json: { store_id: correct } }),
    }),
  previewMerge: () => mutationOptions({ mutationFn: (stores: Merge) => merge(stores, true) }),
  merge: () => mutationOptions({ mutationFn: (stores: Merge) => merge(stores, false) }),
  /** The newest merges. */
  merges: () =>
    queryOptions({
      queryKey: [...storeRecordQueries.all(), "merges"],
      queryFn: ({ signal }) =>
        fetchJson("/api/v1/store-merges", async () => (await contract()).StoreMergeListSchema, { signal }),
    }),
  undoMerge: () =>
    mutationOptions({
      mutationFn: (mergeId: number) =>
        fetchJson(`/api/v1/store-merges/${String(mergeId)}/undo`, mergeSchema, { method: "POST" }),
    }),
  remove: () =>
    mutationOptions({
      mutationFn: (storeId: string) => {
        const search = new URLSearchParams({ confirm: storeId });
        const schema = async () => (await contract()).DeletedStoreSchema;
        return fetchJson(`/api/v1/stores/${storeId}?${search.toString()}`, schema, { method: "DELETE" });
      },
    }),
  /** The deleted stores that can be restored. */
  deleted: () =>
    queryOptions({
      queryKey: [...storeRecordQueries.all(), "deleted"],
      queryFn: ({ signal }) =>
        fetchJson("/api/v1/deleted-stores", async () => (await contract()).DeletedStoreListSchema, { signal }),
    }),
  restore: () =>
    mutationOptions({
      mutationFn: (storeId: string) =>
        fetchJson(`/api/v1/deleted-stores/${storeId}/restore`, idSchema, { method: "POST" }),
    }),
};
