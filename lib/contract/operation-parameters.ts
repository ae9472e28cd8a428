import { z } from "zod";
import type { OperationParameter, OperationResponse } from "./operation";
import { StoreIdSchema } from "./uptime";

export const storeIdParameter = {
  store_id: { schema: StoreIdSchema, description: "The store ID, exactly as it was sent: a string, never a number." },
} satisfies Record<string, OperationParameter>;

export const reportIdParameter = {
  report_id: { schema: z.string().regex(/^[1-9][0-9]{0,17}$/), description: "The report ID." },
} satisfies Record<string, OperationParameter>;

export const ifNoneMatchHeader = {
  "If-None-Match": { schema: z.string(), description: "The ETag of the response you have." },
} satisfies Record<string, OperationParameter>;

export const ifMatchHeader = {
  "If-Match": { schema: z.string(), description: "The ETag that you read; or `*`." },
} satisfies Record<string, OperationParameter>;

export const idempotencyKeyHeader = {
  "Idempotency-Key": {
    schema: z.string().min(1).max(255),
    description:
      "A unique value that you choose for one request. A repeat within 24 hours returns the first response and has no further effect.",
  },
} satisfies Record<string, OperationParameter>;

/** Errors of every operation that takes an Idempotency-Key. */
export const idempotencyErrors = [
  "invalid_idempotency_key",
  "idempotency_key_in_flight",
  "idempotency_key_reused",
] as const;

/** Errors of those that are also rate limited. */
export const creationErrors = [...idempotencyErrors, "rate_limited"] as const;

/** Header of each response with an ETag. */
export const notModified: OperationResponse = {
  status: 304,
  description: "Not modified: the response would be the one you have (If-None-Match).",
};

export const etagHeader = { ETag: "Changes when the response does; send it back as If-None-Match." };

/** Responses of a resource or list with an ETag: the ETag, or not modified. */
export function readable(
  description: string,
  content: OperationResponse["content"],
  headers: Readonly<Record<string, string>> = {},
): readonly OperationResponse[] {
  const body = content === undefined ? {} : { content };
  return [{ status: 200, description, ...body, headers: { ...etagHeader, ...headers } }, notModified];
}

/** Header of each page that has a next one. */
export const linkHeader = { Link: 'The URL of the next page, rel="next"; absent on the last page.' };
