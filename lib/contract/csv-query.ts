import { z } from "zod";

/** What every CSV takes. */
export const csvQuery = {
  bom: z.enum(["0", "1"]).default("0").describe("1: begin with a byte order mark, by which Excel knows UTF-8."),
};

/** Query of a CSV that takes nothing else. */
export const CsvQuerySchema = z.strictObject(csvQuery);
