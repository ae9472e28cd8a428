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
    summary: "Send polls",
    description:
      "Up to 5,000 polls, as a JSON object or as JSON lines (`application/x-ndjson`, one poll each), with or without `Content-Encoding: gzip`. Limits: 1,000,000 bytes as sent, 2,000,000 decompressed. The response comes once they are committed. Order and repeats do not matter, so if you got no response, send the batch again. Invalid polls are listed and the rest is stored; with `atomic=1` nothing is stored if any poll is invalid. Unknown stores are created.",
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
      "Removes the polls of one store in `[from, to)`, up to 1,000,000, and their recorded conflicts. You can undo this for one day. Figures are recalculated. Requires edit access to the store.",
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
    summary: "List poll removals",
    query: PollRemovalsQuerySchema,
    headers: ifNoneMatchHeader,
    responses: readable("One page, newest first.", json("PollRemovalList", PollRemovalListSchema), linkHeader),
    errors: ["invalid_cursor", "invalid_limit"],
    example: "/api/v1/poll-removals?limit=2",
  },
  {
    id: "undoPollRemoval",
    access: needs.pollsDelete,
    tag: "Data",
    method: "POST",
    path: "/api/v1/poll-removals/{removal_id}/undo",
    summary: "Undo a poll removal",
    description:
      "Once, within a day of the removal. The polls are merged with newer data; of two polls at the same instant, `inactive` is kept.",
    pathParameters: {
      removal_id: { schema: z.string().regex(/^[1-9][0-9]{0,17}$/), description: "The removal ID." },
    },
    headers: idempotencyKeyHeader,
    responses: [
      { status: 200, description: "The polls are restored.", content: json("PollRemoval", PollRemovalSchema) },
    ],
    errors: ["invalid_removal_id", "removal_not_found", "removal_not_undoable", ...creationErrors],
    example: "/api/v1/poll-removals/1/undo",
  },
];
