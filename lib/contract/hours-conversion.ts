import { z } from "zod";
import { ScheduleExceptionSchema, WeeklyRowSchema } from "./store-edit";

/** Spellings of opening hours that others use. */
const hoursFormats = ["openstreetmap", "schema.org", "google", "uber_eats", "doordash"] as const;

const HoursFormatSchema = z.enum(hoursFormats);
export type HoursFormat = z.infer<typeof HoursFormatSchema>;

/** Body of `POST /api/v1/hours/convert`. */
export const ConvertHoursSchema = z.strictObject({
  format: HoursFormatSchema.optional().describe("Default: recognized."),
  text: z.string().min(1).max(50_000).describe("The hours as they are written there: OpenStreetMap text, or JSON."),
});
export type ConvertHours = z.infer<typeof ConvertHoursSchema>;

/** `POST /api/v1/hours/convert`. */
export const ConvertedHoursSchema = z.object({
  format: HoursFormatSchema,
  business_hours: z
    .array(WeeklyRowSchema)
    .max(350)
    .nullable()
    .optional()
    .describe("As PUT takes them; null: open 24/7. Absent where the text has no weekly hours, which a note says."),
  exceptions: z.array(ScheduleExceptionSchema).max(1000).describe("Dates with hours of their own."),
  notes: z.array(z.string()).max(100).describe("What has no place in weekly hours or means something else here."),
});
export type ConvertedHours = z.infer<typeof ConvertedHoursSchema>;
