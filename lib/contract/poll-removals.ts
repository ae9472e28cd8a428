import { z } from "zod";
import { pageQuery } from "./page";
import { InstantSchema, StoreIdSchema } from "./uptime";

/** Maximum number of polls of one removal. */
export const largestRemoval = 1_000_000;

/** Query of `DELETE /api/v1/polls`. */
export const RemovePollsQuerySchema = z.strictObject({
  store: StoreIdSchema.describe("Store ID."),
  from: InstantSchema.describe("First instant to remove."),
  to: InstantSchema.describe("End of the range, exclusive. May be in the future."),
});
export type RemovePollsQuery = z.infer<typeof RemovePollsQuerySchema>;

/** Removed polls of one store. */
export const PollRemovalSchema = z.object({
  id: z.int().min(1),
  store_id: StoreIdSchema,
  from: InstantSchema,
  to: InstantSchema,
  polls: z.int().min(0).describe("Number of polls removed."),
  removed_at: InstantSchema,
  undoable_until: InstantSchema.nullable().describe("Null once undone or expired."),
  undone_at: InstantSchema.nullable(),
});
export type PollRemoval = z.infer<typeof PollRemovalSchema>;

export const PollRemovalsQuerySchema = z.strictObject({ ...pageQuery });
export type PollRemovalsQuery = z.infer<typeof PollRemovalsQuerySchema>;

/** `GET /api/v1/poll-removals`, newest first. */
export const PollRemovalListSchema = z.object({
  removals: z.array(PollRemovalSchema),
  next_cursor: z.string().nullable(),
});
export type PollRemovalList = z.infer<typeof PollRemovalListSchema>;
