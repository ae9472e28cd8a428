import { z } from "zod";
import type { OperationParameter, OperationResponse } from "./operation";
import { StoreIdSchema } from "./uptime";

export const storeIdParameter = {
  store_id: { schema: StoreIdSchema, description: "The store's id, exactly as it was given: text, never a number." },
} satisfies Record<string, OperationParameter>;

export const reportIdParameter = {
  report_id: { schema: z.string().regex(/^[1-9][0-9]{0,17}$/), description: "The report's id." },
} satisfies Record<string, OperationParameter>;

export const ifNoneMatchHeader = {
  "If-None-Match": { schema: z.string(), description: "The ETag of the answer you have." },
} satisfies Record<string, OperationParameter>;

/** Beside each answer with an ETag. */
export const notModified: OperationResponse = {
  status: 304,
  description: "What you have (If-None-Match) is what you would get.",
};

export const etagHeader = { ETag: "Changes when the answer does; send it back as If-None-Match." };
