import { z } from "zod";

/** Parameters of every CSV. */
export const csvQuery = {
  bom: z.enum(["0", "1"]).default("0").describe("1: start with a byte order mark, so that Excel detects UTF-8."),
};

/** Query of a CSV without other parameters. */
export const CsvQuerySchema = z.strictObject(csvQuery);
