import { z } from "zod";
import { json, type Operation } from "./operation";
import {
  creationErrors,
  etagHeader,
  idempotencyKeyHeader,
  ifNoneMatchHeader,
  linkHeader,
  notModified,
  storeIdParameter,
} from "./operation-parameters";
import { needs } from "./scopes";
import {
  CreateStoreSchema,
  DeleteStoreQuerySchema,
  DeletedStoreListSchema,
  DeletedStoreSchema,
  MergeStoreSchema,
  PutStoreIdSchema,
  StoreIdOnlySchema,
  StoreMergeListSchema,
  StoreMergeSchema,
  StoreMergesQuerySchema,
} from "./store-record";
import { StoreIdSchema } from "./uptime";

const store = "/api/v1/stores/8419537941919820732";
const noStore = ["invalid_store_id", "store_not_found"];
const badId = ["store_id_must_be_string", "store_exists"];

/** Which stores there are: creating, correcting an ID, merging and deleting. All for viewers of the whole fleet. */
export const storeRecordOperations: readonly Operation[] = [
  {
    id: "createStore",
    access: needs.fleetStores,
    tag: "Stores",
    method: "POST",
    path: "/api/v1/stores",
    summary: "Create a store",
    description: "Stores are also created by files and polls that name a new ID.",
    headers: idempotencyKeyHeader,
    body: {
      content: json("CreateStore", CreateStoreSchema),
      example: { store_id: "new-store-7", name: "Main Street", time_zone: "America/New_York" },
    },
    responses: [
      {
        status: 201,
        description: "Created.",
        content: json("StoreIdOnly", StoreIdOnlySchema),
        headers: { Location: "The store." },
      },
    ],
    errors: [
      ...["invalid_store_id", ...badId, "invalid_name", "invalid_brand", "invalid_group", "invalid_tags"],
      ...["invalid_url", "invalid_zone", "invalid_hours"],
      ...creationErrors,
    ],
    example: "/api/v1/stores",
  },
  {
    id: "putStoreId",
    access: needs.fleetStores,
    tag: "Stores",
    method: "PUT",
    path: "/api/v1/stores/{store_id}/id",
    summary: "Correct a store's ID",
    description:
      "Its history stays. The old ID still takes polls, files and report requests for the store; reading it gives 404 with the new ID. Setting the old ID again undoes it.",
    pathParameters: storeIdParameter,
    body: { content: json("PutStoreId", PutStoreIdSchema), example: { store_id: "8419537941919820733" } },
    responses: [{ status: 200, description: "The ID.", content: json("StoreIdOnly", StoreIdOnlySchema) }],
    errors: [...noStore, ...badId],
    example: `${store}/id`,
  },
  {
    id: "mergeStore",
    access: needs.fleetStores,
    tag: "Stores",
    method: "POST",
    path: "/api/v1/stores/{store_id}/merge",
    summary: "Merge another store into a store",
    description:
      "For two IDs that are one store. Polls of both count, by the rule of all polls: of two at one instant `inactive` wins. The store keeps its own hours, zone and details, and follows the calendars that were given to either; people who could see either see it. Incidents and figures follow. Can be undone for a day.",
    pathParameters: storeIdParameter,
    body: { content: json("MergeStore", MergeStoreSchema), example: { source_id: "8419537941919820", dry_run: true } },
    responses: [
      { status: 200, description: "The merge, or its preview.", content: json("StoreMerge", StoreMergeSchema) },
    ],
    errors: [...noStore, "store_id_must_be_string", "invalid_source_id", "duplicate_store"],
    example: `${store}/merge`,
  },
  {
    id: "listStoreMerges",
    access: needs.fleetStores,
    tag: "Stores",
    method: "GET",
    path: "/api/v1/store-merges",
    summary: "List merges of stores",
    query: StoreMergesQuerySchema,
    headers: ifNoneMatchHeader,
    responses: [
      {
        status: 200,
        description: "One page.",
        content: json("StoreMergeList", StoreMergeListSchema),
        headers: { ...etagHeader, ...linkHeader },
      },
      notModified,
    ],
    errors: ["invalid_cursor", "invalid_limit"],
    example: "/api/v1/store-merges",
  },
  {
    id: "undoStoreMerge",
    access: needs.fleetStores,
    tag: "Stores",
    method: "POST",
    path: "/api/v1/store-merges/{merge_id}/undo",
    summary: "Undo a merge of stores",
    description:
      "For a day. Polls that arrived since then, or arrived again, and those of other merges stay with the store that they were merged into.",
    pathParameters: { merge_id: { schema: z.string().regex(/^[1-9][0-9]{0,17}$/), description: "The merge ID." } },
    responses: [{ status: 200, description: "The merge.", content: json("StoreMerge", StoreMergeSchema) }],
    errors: ["invalid_merge_id", "merge_not_found", "merge_not_undoable"],
    example: "/api/v1/store-merges/1/undo",
  },
  {
    id: "deleteStore",
    access: needs.fleetStores,
    tag: "Stores",
    method: "DELETE",
    path: "/api/v1/stores/{store_id}",
    summary: "Delete a store and its history",
    description:
      "Hidden at once, and restorable for a day; then its polls, hours, special hours and grants are removed. Reports keep their figures. Polls and files that name it during that day are kept with it; after it they create it again.",
    pathParameters: storeIdParameter,
    query: DeleteStoreQuerySchema,
    responses: [
      { status: 200, description: "Until when it can be restored.", content: json("DeletedStore", DeletedStoreSchema) },
    ],
    errors: [...noStore, "invalid_confirm"],
    example: `${store}?confirm=8419537941919820732`,
  },
  {
    id: "listDeletedStores",
    access: needs.fleetStores,
    tag: "Stores",
    method: "GET",
    path: "/api/v1/deleted-stores",
    summary: "List deleted stores",
    headers: ifNoneMatchHeader,
    responses: [
      {
        status: 200,
        description: "Those that can be restored.",
        content: json("DeletedStoreList", DeletedStoreListSchema),
        headers: etagHeader,
      },
      notModified,
    ],
    errors: [],
    example: "/api/v1/deleted-stores",
  },
  {
    id: "restoreStore",
    access: needs.fleetStores,
    tag: "Stores",
    method: "POST",
    path: "/api/v1/deleted-stores/{deleted_store_id}/restore",
    summary: "Restore a deleted store",
    description: "With everything that it had: active, paused or retired as it was.",
    pathParameters: { deleted_store_id: { schema: StoreIdSchema, description: "The store ID." } },
    responses: [{ status: 200, description: "Restored.", content: json("StoreIdOnly", StoreIdOnlySchema) }],
    errors: noStore,
    example: "/api/v1/deleted-stores/8419537941919820732/restore",
  },
];
