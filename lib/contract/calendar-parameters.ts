import { z } from "zod";

/** The calendar of an operation, in its path. */
export const calendarId = {
  calendar_id: { schema: z.string().regex(/^[1-9][0-9]{0,17}$/), description: "The calendar ID." },
};

/** Errors of that path parameter. */
export const calendarErrors = ["invalid_calendar_id", "calendar_not_found"];
