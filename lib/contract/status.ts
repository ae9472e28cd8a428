import { z } from "zod";

/** The state of the service, as far as pages show it. */
export const ServiceStatusSchema = z.object({
  newest_poll_at: z.iso
    .datetime()
    .nullable()
    .describe("The newest poll of the fleet that is not ahead of the clock; null before the first."),
  newest_future_poll_at: z.iso
    .datetime()
    .nullable()
    .describe("The newest of the polls ahead of the clock, which do not count yet; null where there are none."),
  worker: z.enum(["running", "away"]).describe("Away: no worker heartbeat for half a minute."),
  worker_seen_at: z.iso.datetime().nullable().describe("The last heartbeat of a worker, if known."),
  tz_release: z.string().describe("The release of the tz database that this server uses."),
  tz_released_on: z.iso.date().describe("When that was released."),
  tz_source: z.enum(["shipped", "system", "TZDATA"]).describe("Where it was taken from."),
  tz_worker_releases: z
    .array(z.string())
    .describe("Releases that the running workers use; they differ while a newer one is rolled out."),
  tz_warnings: z
    .array(z.string())
    .describe("What needs an operator's attention: rules older than ten months, an unused TZDATA, different releases."),
  disk: z.enum(["ok", "low"]).describe("Low: no files are imported until there is more space."),
});
export type ServiceStatus = z.infer<typeof ServiceStatusSchema>;
