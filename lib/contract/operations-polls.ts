import { json, type Operation } from "./operation";
import { creationErrors, idempotencyKeyHeader } from "./operation-parameters";
import { PollBatchQuerySchema, PollBatchResultSchema, PollBatchSchema } from "./polls";
import { needs } from "./scopes";

export const pollOperations: readonly Operation[] = [
  {
    id: "sendPolls",
    access: needs.pollsWrite,
    tag: "Data",
    method: "POST",
    path: "/api/v1/polls",
    summary: "Send polls as they are made",
    description:
      "Up to 5,000 polls, as a JSON object or as JSON lines (`application/x-ndjson`, a poll each), with or without `Content-Encoding: gzip`; answered when they are committed. Any order and any redelivery end in the same data, so a batch whose answer was lost is simply sent again. A poll that is not taken is listed and the others are kept; with `atomic=1` none is. A store that is not known yet is made.",
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
      { status: 200, description: "The polls are kept.", content: json("PollBatchResult", PollBatchResultSchema) },
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
];
