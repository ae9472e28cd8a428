import { z } from "zod";
import { json, type Operation } from "./operation";
import { creationErrors, idempotencyKeyHeader, ifNoneMatchHeader, linkHeader, readable } from "./operation-parameters";
import {
  PollRemovalListSchema,
  PollRemovalSchema,
  PollRemovalsQuerySchema,
  RemovePollsQuerySchema,
} from "./poll-removals";
import { PollBatchQuerySchema, PollBatchResultSchema, PollBatchSchema } from "./polls";
import { needs } from "./scopes";

export const pollOperations: readonly Operation[] = [
  {
    id: "sendPolls",
    access: needs.pollsWrite,
    tag: "Data",
    method: "POST",
    path: "/api/v1/polls",
    summary: "Send live polls",
    description:
      "Up to 5,000 polls, as a JSON object or as JSON lines (`application/x-ndjson`, a poll each), with or without `Content-Encoding: gzip`: at most 1,000,000 bytes as sent and 2,000,000 inflated. The response is sent when they are committed. Any order and any redelivery give the same data, so a batch whose response was lost can simply be sent again. Rejected polls are listed and the others are stored; with `atomic=1` one reject rejects all. Unknown stores are created.",
    query: PollBatchQuerySchema,
    headers: idempotencyKeyHeader,
    body: {
      content: json("PollBatch", PollBatchSchema),
      mediaTypes: ["application/json", "application/x-ndjson"],
      example: {
        polls: [{ store_id: "8419537941919820732", at: "2023-01-24T09:06:42.605Z", status: "active" }],
      },
    },
    responses: [
      { status: 200, description: "The polls are stored.", content: json("PollBatchResult", PollBatchResultSchema) },
    ],
    errors: [
      "empty_batch",
      "batch_too_large",
      "polls_rejected",
      "invalid_atomic",
      "corrupt_gzip",
      "inflated_too_large",
      ...creationErrors,
    ],
    example: "/api/v1/polls",
  },
  {
    id: "removePolls",
    access: needs.pollsDelete,
    tag: "Data",
    method: "DELETE",
    path: "/api/v1/polls",
    summary: "Remove polls of a store",
    description:
      "Removes the polls of one store in `[from, to)`, up to 1,000,000, with their recorded conflicts. They can be restored for a day. Figures are recalculated. Needs the right to manage the store.",
    query: RemovePollsQuerySchema,
    headers: idempotencyKeyHeader,
    responses: [
      { status: 200, description: "The polls are removed.", content: json("PollRemoval", PollRemovalSchema) },
    ],
    errors: [
      ...["invalid_store", "invalid_from", "invalid_to", "invalid_range", "store_not_found", "too_many_polls"],
      ...creationErrors,
    ],
    example: "/api/v1/polls?store=8419537941919820732&from=2023-01-25T18:00:00Z&to=2023-01-26T18:00:00Z",
  },
  {
    id: "listPollRemovals",
    access: needs.storesRead,
    tag: "Data",
    method: "GET",
    path: "/api/v1/poll-removals",
    summary: "List removals of polls, newest first",
    query: PollRemovalsQuerySchema,
    headers: ifNoneMatchHeader,
    responses: readable("One page.", json("PollRemovalList", PollRemovalListSchema), linkHeader),
    errors: ["invalid_cursor", "invalid_limit"],
    example: "/api/v1/poll-removals?limit=2",
  },
  {
    id: "undoPollRemoval",
    access: needs.pollsDelete,
    tag: "Data",
    method: "POST",
    path: "/api/v1/poll-removals/{removal_id}/undo",
    summary: "Restore removed polls",
    description:
      "Within a day of the removal, once. They are merged with what arrived since: of two polls at one instant `inactive` is kept.",
    pathParameters: {
      removal_id: { schema: z.string().regex(/^[1-9][0-9]{0,17}$/), description: "The removal's id." },
    },
    headers: idempotencyKeyHeader,
    responses: [
      { status: 200, description: "The polls are restored.", content: json("PollRemoval", PollRemovalSchema) },
    ],
    errors: ["invalid_removal_id", "removal_not_found", "removal_not_undoable", ...creationErrors],
    example: "/api/v1/poll-removals/1/undo",
  },
];
