import { z } from "zod";
import { csvQuery } from "./csv-query";
import { fleetFilters } from "./fleet-filters";
import { SentInstantSchema, StoreIdSchema } from "./uptime";

const which = {
  store_id: StoreIdSchema.optional().describe("Only this store, also if it is paused or retired."),
  ...fleetFilters,
  ...csvQuery,
};

/** Query of `GET /api/v1/hours.csv` and `GET /api/v1/exceptions.csv`. */
export const ExportQuerySchema = z.strictObject(which);

/** Query of `GET /api/v1/polls.csv`. */
export const ExportPollsQuerySchema = z.strictObject({
  ...which,
  from: SentInstantSchema.optional().describe("First instant."),
  to: SentInstantSchema.optional().describe("End of the range, exclusive."),
});
export type ExportQuery = z.infer<typeof ExportPollsQuerySchema>;
