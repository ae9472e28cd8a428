import { z } from "zod";
import { pageQuery } from "./page";
import { BrandSchema, EditStoreSchema, GroupSchema, NameSchema } from "./store-edit";
import { InstantSchema, NewStoreIdSchema, StoreIdSchema } from "./uptime";

/** How long a merge or a deletion of a store can be undone. */
export const storeUndoHours = 24;

const { address, url, tags, time_zone, business_hours } = EditStoreSchema.shape;

/** Body of `POST /api/v1/stores`. */
export const CreateStoreSchema = z.strictObject({
  store_id: NewStoreIdSchema.describe("1 to 64 letters, digits, hyphens and underscores."),
  ...{ name: NameSchema, brand: BrandSchema, group: GroupSchema, address, url, tags, time_zone, business_hours },
});
export type CreateStore = z.infer<typeof CreateStoreSchema>;

/** `POST /api/v1/stores` and `PUT /api/v1/stores/{id}/id`. */
export const StoreIdOnlySchema = z.object({ store_id: StoreIdSchema });

/** Body of `PUT /api/v1/stores/{id}/id`. */
export const PutStoreIdSchema = z.strictObject({ store_id: NewStoreIdSchema.describe("The correct ID.") });

/** Body of `POST /api/v1/stores/{id}/merge`. */
export const MergeStoreSchema = z.strictObject({
  source_id: StoreIdSchema.describe("The ID to give up: it becomes an earlier ID of the other store."),
  dry_run: z.boolean().default(false).describe("Says what would happen, and changes nothing."),
});
export type MergeStore = z.infer<typeof MergeStoreSchema>;

/** A merge of two stores, or its preview. */
export const StoreMergeSchema = z.object({
  id: z.int().min(1).nullable().describe("Null: a preview."),
  store_id: StoreIdSchema.describe("Keeps its name, hours, time zone and special hours."),
  source_id: StoreIdSchema,
  polls: z.int().min(0).describe("Polls of the source."),
  polls_added: z.int().min(0).describe("Those at instants at which the store had none."),
  polls_conflicting: z.int().min(0).describe("Those that contradict the store's: `inactive` wins."),
  people_added: z.int().min(0).describe("People who gain access to the store, or the right to edit it."),
  limited_keys: z.int().min(0).describe("API keys limited to the source: they lose it."),
  merged_at: InstantSchema.nullable(),
  undoable_until: InstantSchema.nullable().describe("Null in a preview, once undone, and when it is too late."),
  undone_at: InstantSchema.nullable(),
});
export type StoreMerge = z.infer<typeof StoreMergeSchema>;

/** Query of `GET /api/v1/store-merges`. */
export const StoreMergesQuerySchema = z.strictObject({ ...pageQuery });

/** `GET /api/v1/store-merges`, newest first: those of the last 30 days. */
export const StoreMergeListSchema = z.object({
  merges: z.array(StoreMergeSchema),
  next_cursor: z.string().nullable(),
});
export type StoreMergeList = z.infer<typeof StoreMergeListSchema>;

/** Query of `DELETE /api/v1/stores/{id}`. */
export const DeleteStoreQuerySchema = z.strictObject({
  confirm: z.string().max(64).describe("The store's ID again: its history is deleted, too."),
});

/** A deleted store, while it can be restored. */
export const DeletedStoreSchema = z.object({
  store_id: StoreIdSchema,
  name: z.string().nullable(),
  deleted_at: InstantSchema,
  restorable_until: InstantSchema.describe("Its data is removed some minutes later."),
});
export type DeletedStore = z.infer<typeof DeletedStoreSchema>;

/** `GET /api/v1/deleted-stores`, the latest first, at most 500. */
export const DeletedStoreListSchema = z.object({ stores: z.array(DeletedStoreSchema) });
