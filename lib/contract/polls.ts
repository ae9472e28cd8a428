import { z } from "zod";
import { StoreIdSchema } from "./uptime";

/** Maximum number of polls of one `POST /api/v1/polls`. */
export const largestPollBatch = 5_000;

/** One poll as sent. An invalid one is rejected by itself; the others of its batch are stored. */
const PollSchema = z.strictObject({
  store_id: StoreIdSchema.describe("A string, never a number: numbers lose digits."),
  at: z.string().describe("A timestamp, such as 2023-01-24T09:06:42.605Z. UTC if it has no offset."),
  status: z.string().regex(/^(active|inactive)$/i),
});

/** Body of `POST /api/v1/polls` as JSON. As JSON lines (`application/x-ndjson`), each line is a poll. */
export const PollBatchSchema = z.strictObject({ polls: z.array(PollSchema).min(1).max(largestPollBatch) });

/** Parses the body; its polls are validated one by one. */
export const PollBatchShapeSchema = z.strictObject({ polls: z.array(z.unknown()) });

export const PollBatchQuerySchema = z.strictObject({
  /** 1: one rejected poll rejects the batch. */
  atomic: z.enum(["0", "1"]).default("0"),
});

/**
 * Response of `POST /api/v1/polls`, sent when the polls are committed. The counts and `rejected` add up to the batch.
 */
export const PollBatchResultSchema = z.object({
  /** Polls that are new. */
  accepted: z.int().min(0),
  /** Exact repetitions, within this batch or of stored polls. */
  duplicate: z.int().min(0),
  /** Another status at an instant that already has one; `inactive` is kept, whichever came first. */
  conflicting: z.int().min(0),
  rejected: z.array(
    z.object({
      /** Index of the poll in the batch, from 0. */
      index: z.int().min(0),
      code: z.string(),
      detail: z.string(),
    }),
  ),
});
export type PollBatchResult = z.infer<typeof PollBatchResultSchema>;
