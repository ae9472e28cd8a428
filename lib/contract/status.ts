import { z } from "zod";

/** The state of the service, as far as pages show it. */
export const ServiceStatusSchema = z.object({
  newest_poll_at: z.iso
    .datetime()
    .nullable()
    .describe("The newest poll of the fleet that is not dated in the future; null before the first."),
  newest_future_poll_at: z.iso
    .datetime()
    .nullable()
    .describe("The newest poll dated in the future; null if there is none. Such polls do not count yet."),
  worker: z.enum(["running", "away"]).describe("away: no worker heartbeat for 30 seconds."),
  worker_seen_at: z.iso.datetime().nullable().describe("Last worker heartbeat, if known."),
  tz_release: z.string().describe("tz database release that this server uses."),
  tz_released_on: z.iso.date().describe("Date of that release."),
  tz_source: z.enum(["shipped", "system", "TZDATA"]).describe("Where it comes from."),
  tz_worker_releases: z
    .array(z.string())
    .describe("tz database releases of the running workers; they may differ during an upgrade."),
  tz_warnings: z
    .array(z.string())
    .describe("Warnings for operators: rules older than ten months, an unused TZDATA, differing releases."),
  disk: z.enum(["ok", "low"]).describe("low: imports are on hold until there is more space."),
});
export type ServiceStatus = z.infer<typeof ServiceStatusSchema>;
