import { z } from "zod";

/** RFC 9457 `application/problem+json`, the body of every error under `/api` and `/store`. */
export const ProblemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  /** Stable, for programs. */
  code: z.string(),
  request_id: z.string(),
  errors: z
    .array(
      z.object({ pointer: z.string().optional(), code: z.string(), reason: z.string(), value: z.string().optional() }),
    )
    .optional(),
});
export type Problem = z.infer<typeof ProblemSchema>;
