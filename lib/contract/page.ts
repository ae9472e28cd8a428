import { z } from "zod";

/** A whole number as plain digits: `1e1` and `0x10` are rejected, although some parsers accept them. */
const digitsOnly = (value: unknown): unknown =>
  typeof value === "string" && !/^[0-9]{1,9}$/.test(value) ? Number.NaN : value;

/** Where a page starts. */
export const pageCursor = z
  .string()
  .max(500)
  .optional()
  .describe("Opaque: next_cursor of the previous page, with the same other parameters.");

/** Parameters of every paged list. */
export const pageQuery = {
  cursor: pageCursor,
  limit: z
    .preprocess(digitsOnly, z.coerce.number({ error: "Write a whole number from 1 to 500." }).int().min(1).max(500))
    .default(50)
    .describe("Maximum entries per page."),
};
