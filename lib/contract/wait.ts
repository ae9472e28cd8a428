import { z } from "zod";

/** The longest wait for a response, in seconds. */
const longestWait = 30;

/** Query of resources whose end a caller can wait for. */
export const WaitQuerySchema = z.strictObject({
  wait: z
    .string()
    .regex(/^[0-9]{1,2}$/, { error: "Write whole seconds, 0 to 30." })
    .transform(Number)
    .pipe(z.int().max(longestWait))
    .default(0)
    .describe("Seconds to wait for the end, at most 30."),
});
