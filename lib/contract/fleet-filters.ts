import { z } from "zod";
import { storePresets } from "./enums";
import { TagSchema } from "./tag";
import { ListedStateSchema } from "./uptime";

/** Parameters that select stores of the fleet. */
export const fleetFilters = {
  q: z.string().trim().max(100).optional().describe("Part of an ID or name, case-insensitive."),
  state: ListedStateSchema.optional().describe("Retired stores are listed only with `retired`."),
  brand: z.string().trim().min(1).max(200).optional().describe("Exact brand."),
  group: z.string().trim().min(1).max(200).optional().describe("Exact group."),
  time_zone: z.string().trim().min(1).max(100).optional().describe("Time zone as given, an IANA name."),
  tag: TagSchema.optional().describe("A tag that the stores have."),
  preset: z
    .enum(storePresets)
    .optional()
    .describe(
      "`needs_attention`: offline, or under 95% uptime in the last 24 hours. `on_track`: online or closed, and not under 95%.",
    ),
};

/** A filter in a body, where one without a condition would select all stores by accident. */
export const FilterSchema = z
  .strictObject(fleetFilters)
  .refine((filter) => Object.values(filter).some((one) => Boolean(one)), {
    error: "A filter has at least one condition.",
  });
