import { z } from "zod";

/** Like `InstantSchema` of ./uptime, which imports this file. */
const Instant = z.iso.datetime({ offset: true });

/**
 * The clock of a time zone over a span: enough to format every local time in it without time zone rules. Browsers and
 * runtimes have rules of different releases, so pages use only these offsets.
 */
export const ZoneClockSchema = z.object({
  /** The name as given, aliases included. */
  time_zone: z.string(),
  /** The release of the tz database that the offsets come from. */
  tz_release: z.string(),
  /** Ascending by `from`; the first holds before the second's `from`, the last holds to the end of the span. */
  offsets: z
    .array(
      z.object({
        /** From when it applies; null for the first. */
        from: Instant.nullable(),
        /** Seconds east of UTC. */
        offset_seconds: z.int().min(-86_400).max(86_400),
        /** The tz database's abbreviation: `MST`, or digits for a zone without one: `+07`. */
        abbreviation: z.string(),
      }),
    )
    .min(1),
});
export type ZoneClock = z.infer<typeof ZoneClockSchema>;

const names = {
  zone: z.string().trim().min(1).max(100).describe("A tz database name, links included, case-insensitive."),
  from: Instant.optional().describe("Start of the range. Default: the year 2000."),
  to: Instant.optional().describe("End of the range. Default: 400 days from now."),
};

/** Query of `GET /api/v1/time-zones/clock`. */
export const ZoneClockQuerySchema = z.strictObject(names);
export type ZoneClockQuery = z.infer<typeof ZoneClockQuerySchema>;

/** `GET /api/v1/time-zones`: every name that a store's time zone may have. */
export const TimeZoneListSchema = z.object({
  tz_release: z.string(),
  /** In byte order, aliases included. */
  names: z.array(z.string()),
});
export type TimeZoneList = z.infer<typeof TimeZoneListSchema>;
