import { z } from "zod";
import { accessLevels, lifecycles, tagLimits } from "./enums";
import { FilterSchema } from "./fleet-filters";
import { BrandSchema, GroupSchema, ValidFromSchema, WeeklyRowSchema } from "./store-edit";
import { TagSchema } from "./tag";
import { StoreIdSchema } from "./uptime";

/** The maximum number of stores that are changed at once. */
export const mostChangedStores = 5_000;

const tags = z.array(TagSchema).max(tagLimits.count).optional();

/** Body of `PATCH /api/v1/stores`. */
export const ChangeStoresSchema = z
  .strictObject({
    store_ids: z.array(StoreIdSchema).min(1).max(mostChangedStores).optional().describe("The stores to change."),
    filter: FilterSchema.optional().describe(
      "Instead of IDs: the stores that match, as `GET /api/v1/stores` lists them. Retired stores match only `state=retired`.",
    ),
    brand: BrandSchema.describe("Null clears it."),
    group: GroupSchema.describe("Null clears it. Users with access to a group see the stores that are in it now."),
    add_tags: tags,
    remove_tags: tags,
    lifecycle: z
      .enum(lifecycles)
      .optional()
      .describe(
        "`paused`: checks are stored, but the store is not counted in figures, states and reports of the fleet. `retired`: nor is it listed. `active`: both again.",
      ),
    business_hours: z
      .array(WeeklyRowSchema)
      .min(1)
      .max(50)
      .nullable()
      .optional()
      .describe("The complete weekly hours of each store. A day without a row is closed; null: open 24/7."),
    valid_from: ValidFromSchema.optional(),
    access: z
      .strictObject({ person_id: z.int().positive(), level: z.enum(accessLevels) })
      .optional()
      .describe(
        "What a user with the role owner may do with the stores; `none` takes them back, but not those of a group. Requires the scope `admin`. The user is signed out everywhere.",
      ),
    dry_run: z.boolean().default(false).describe("Says what would happen, and changes nothing."),
  })
  .refine(({ store_ids: ids, filter }) => (ids === undefined) !== (filter === undefined), {
    error: "Send either store_ids or filter.",
    path: ["store_ids"],
  });
export type ChangeStores = z.infer<typeof ChangeStoresSchema>;

/** `PATCH /api/v1/stores`: the result per store, in the order of the request, or of their IDs. */
export const StoresChangedSchema = z.object({
  dry_run: z.boolean(),
  changed: z.int().min(0),
  unchanged: z.int().min(0).describe("Stores that already had these values."),
  refused: z.int().min(0),
  results: z
    .array(
      z.object({
        store_id: StoreIdSchema,
        result: z.enum(["changed", "unchanged", "refused"]),
        code: z
          .enum([
            ...(["store_not_found", "insufficient_scope", "too_many_tags"] as const),
            ...(["too_many_hours_changes", "too_many_grants"] as const),
          ])
          .nullable(),
      }),
    )
    .max(mostChangedStores),
});
export type StoresChanged = z.infer<typeof StoresChangedSchema>;
