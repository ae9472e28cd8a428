import { z } from "zod";
import { holidayTypes } from "./enums";
import { HoursOfDaySchema, LocalDateSchema } from "./store-edit";
import { InstantSchema, StoreIdSchema } from "./uptime";

/** The maximum numbers of calendars, of entries of one, and of stores that one is given to by themselves. */
export const mostCalendars = 200;
const mostEntries = 300;
/** Reading the holidays of a place takes up to a second. */
const mostHolidays = 20;
const mostStores = 20_000;
/** The maximum number of openings and closures of a calendar over all its dates. */
export const mostCalendarRows = 50_000;

const plainText = (longest: number) =>
  z
    .string()
    .max(1_000)
    .transform((value) => value.replace(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu, "").trim())
    .pipe(z.string().min(1, "Write a name.").max(longest, `At most ${longest} characters.`));

const month = z.int().min(1).max(12);

const daysOfMonth = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Which dates an entry is about. */
const OnSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("date"), date: LocalDateSchema }),
  z
    .strictObject({ kind: z.literal("range"), from: LocalDateSchema, to: LocalDateSchema.describe("Included.") })
    .refine(({ from, to }) => from <= to, { error: "to must not be before from.", path: ["to"] }),
  z
    .strictObject({
      kind: z.literal("yearly"),
      month,
      day: z.int().min(1).max(31).describe("29 February is only in leap years."),
    })
    .refine((on) => on.day <= (daysOfMonth[on.month - 1] ?? 0), {
      error: "This month has no such day.",
      path: ["day"],
    }),
  z.strictObject({
    kind: z.literal("weekday"),
    month,
    week: z
      .union([z.literal(-1), z.int().min(1).max(5)])
      .describe("1 for the first of that weekday in the month; -1 for the last."),
    weekday: z.int().min(0).max(6).describe("0 = Monday."),
    plus_days: z.int().min(0).max(6).optional().describe("That many days later: 1 for the day after."),
  }),
  z.strictObject({
    kind: z.literal("holidays"),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, "Must be a country code like CA.")
      .describe("ISO 3166 code."),
    state: z
      .string()
      .max(10)
      .optional()
      .describe("Code of a state or province of the country; see the list of countries."),
    region: z.string().max(10).optional().describe("Code of a region of the state."),
    types: z.array(z.enum(holidayTypes)).min(1).max(holidayTypes.length).describe("Which holidays."),
    observed: z
      .boolean()
      .describe(
        "Whether a holiday on a weekend is also observed on the next weekday that is no holiday. Only where the list of holidays has no observed days of its own.",
      ),
  }),
]);

const hoursOfDay = z.array(HoursOfDaySchema).max(50);

const entryFields = {
  name: plainText(100).optional().describe("Required, except for holidays, which have names of their own."),
  on: OnSchema,
  hours: hoursOfDay
    .optional()
    .describe(
      "Replaces the weekly hours on these dates. Empty: closed. A holiday that lasts part of a day closes just that part.",
    ),
  closed_hours: hoursOfDay
    .optional()
    .describe(
      "Instead of hours: the part of the day that is closed, up to 24:00, which also ends openings over midnight.",
    ),
};

/** One entry of a calendar, as it is sent. */
const SentEntrySchema = z
  .strictObject(entryFields)
  .refine(({ name, on }) => on.kind === "holidays" || name !== undefined, { error: "Write a name.", path: ["name"] })
  .refine(
    ({ hours, closed_hours: closed }) => (hours === undefined) !== (closed === undefined || closed.length === 0),
    {
      error: "Give hours or closed_hours.",
      path: ["hours"],
    },
  );
export type CalendarEntry = z.infer<typeof SentEntrySchema>;

const labels = z.array(z.string().min(1).max(200)).max(1_000);

/** The stores of a calendar. */
const GivenToSchema = z.strictObject({
  all: z.boolean().describe("All stores, later ones too."),
  brands: labels.describe("All stores of these brands, later ones too."),
  groups: labels.describe("All stores of these groups, later ones too."),
  store_ids: z.array(StoreIdSchema).max(mostStores),
});

export const validFrom = z
  .union([z.literal("beginning"), LocalDateSchema], { error: "Must be beginning, or a date like 2023-12-25." })
  .describe(
    "The first local date to which the change applies; on earlier dates the calendar stays as it was, so figures of the past do not change. `beginning`: it applies to all dates. Default: the date of the newest poll in the zone that is farthest behind (UTC−12), which is the present date or the one before it in every store.",
  );

const body = {
  name: plainText(100).describe("Unique."),
  entries: z
    .array(SentEntrySchema)
    .max(mostEntries)
    .refine((entries) => entries.filter(({ on }) => on.kind === "holidays").length <= mostHolidays, {
      error: `At most ${String(mostHolidays)} entries of holidays. Make several calendars.`,
    })
    .describe(
      `Of two entries about one date the later one applies. At most ${String(mostHolidays)} are about holidays.`,
    ),
  given_to: GivenToSchema,
};

/** Body of `POST /api/v1/calendars` and of `PUT /api/v1/calendars/{calendar_id}`. */
export const PutCalendarSchema = z.strictObject({ ...body, valid_from: validFrom.optional() });
export type PutCalendar = z.infer<typeof PutCalendarSchema>;

export const CalendarSchema = z.object({
  id: z.int().positive(),
  name: z.string(),
  entries: z.array(z.object(entryFields)),
  given_to: GivenToSchema.describe("From the newest change on."),
  changed_at: InstantSchema,
});
export type Calendar = z.infer<typeof CalendarSchema>;

/** `GET /api/v1/calendars`, by name. */
export const CalendarListSchema = z.object({
  calendars: z.array(
    z.object({
      id: z.int().positive(),
      name: z.string(),
      entries: z.int().min(0),
      stores: z.int().min(0).describe("Number of stores that it is given to now."),
      changed_at: InstantSchema,
    }),
  ),
});
export type CalendarList = z.infer<typeof CalendarListSchema>;

/** Far more than a calendar of closings has; a longer one can be fetched from its address. */
const longestFile = 900_000;

/** An iCalendar file, or the address of one, as dates of a calendar. */
export const feedSource = {
  file: z.string().min(1).max(longestFile).optional().describe("The text of an iCalendar file (RFC 5545)."),
  url: z
    .string()
    .min(1)
    .max(2_000)
    .optional()
    .describe("Instead of a file: the https or webcal address of a calendar, fetched every hour."),
  meaning: z
    .enum(["closed", "open"])
    .default("closed")
    .describe(
      "What timed events mean. `closed`: stores are closed from start to end; `open`: the events of a date are its hours. All-day events close their dates.",
    ),
  time_zone: z
    .string()
    .max(100)
    .optional()
    .describe(
      "The clock on which timed events are read; they apply at that time of day in every store. Default: the zone that the calendar names (X-WR-TIMEZONE), else America/Chicago.",
    ),
};

/** Whether a feed has one source. */
export const hasOneSource = ({ url, file }: { url?: string | undefined; file?: string | undefined }): boolean =>
  (url === undefined) !== (file === undefined);
export const oneSource = { error: "Give file or url.", path: ["url"] };

/** Body of `POST /api/v1/calendar-preview`. */
export const PreviewCalendarSchema = z.strictObject({
  ...body,
  valid_from: validFrom.optional(),
  calendar_id: z.int().positive().optional().describe("The calendar that would be changed. Absent: a new one."),
  feed: z
    .strictObject(feedSource)
    .refine(hasOneSource, oneSource)
    .optional()
    .describe(
      "The file or address that would become the calendar's feed; an address is fetched. Absent: the feed stays.",
    ),
});
export type PreviewCalendar = z.infer<typeof PreviewCalendarSchema>;

const ms = z.int().min(0);

/** Summed over stores. */
const FiguresSchema = z.object({ open_ms: ms, up_ms: ms, down_ms: ms, unknown_ms: ms });

/** The maximum number of dates that a preview lists. */
export const previewedDates = 60;

/** `POST /api/v1/calendar-preview`: what saving would do. */
export const CalendarPreviewSchema = z.object({
  valid_from: z.iso.date().describe("The first date to which the change applies; 2000-01-01 is the beginning."),
  stores: z.int().min(0).describe("Number of stores that the calendar would be given to."),
  dates: z
    .array(
      z.object({
        date: z.iso.date(),
        name: z.string(),
        closed: z.boolean(),
        hours: hoursOfDay,
        closed_hours: hoursOfDay.optional(),
      }),
    )
    .max(previewedDates)
    .describe("The first dates from a week before the newest poll on, or later from `valid_from` on."),
  total_dates: z
    .int()
    .min(0)
    .describe("Number of dates from `valid_from` on: yearly ones until 2099, holidays for the next 10 years."),
  skipped_dates: z
    .int()
    .min(0)
    .describe("Number of dates of the entries before `valid_from`, except yearly ones and holidays: not applied."),
  own_dates: z
    .int()
    .min(0)
    .describe(
      "Number of listed dates over all stores on which a store has special hours of its own, which apply instead.",
    ),
  as_of: InstantSchema,
  before: FiguresSchema.describe("The last 7 days of all stores that have the calendar, before or after."),
  after: FiguresSchema,
});
export type CalendarPreview = z.infer<typeof CalendarPreviewSchema>;

/** `GET /api/v1/holidays`: what public holidays can be chosen from. */
export const HolidayCountriesSchema = z.object({
  countries: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      states: z.array(
        z.object({
          code: z.string(),
          name: z.string(),
          regions: z.array(z.object({ code: z.string(), name: z.string() })),
        }),
      ),
    }),
  ),
});
export type HolidayCountries = z.infer<typeof HolidayCountriesSchema>;
