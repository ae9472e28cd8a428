import {
  CalendarListSchema,
  CalendarPreviewSchema,
  CalendarSchema,
  HolidayCountriesSchema,
  PreviewCalendarSchema,
  PutCalendarSchema,
} from "./calendars";
import { calendarErrors, calendarId } from "./calendar-parameters";
import { json, type Operation } from "./operation";
import {
  etagHeader,
  idempotencyErrors,
  idempotencyKeyHeader,
  ifMatchHeader,
  ifNoneMatchHeader,
  readable,
} from "./operation-parameters";
import { calendarFeedOperations } from "./operations-calendar-feeds";
import { needs } from "./scopes";

const example = {
  name: "Holidays of British Columbia",
  entries: [
    { on: { kind: "holidays", country: "CA", state: "BC", types: ["public"], observed: true }, hours: [] },
    { name: "Christmas Eve", on: { kind: "yearly", month: 12, day: 24 }, hours: [{ start: "10:00", end: "16:00" }] },
    {
      name: "Day after Thanksgiving",
      on: { kind: "weekday", month: 11, week: 4, weekday: 3, plus_days: 1 },
      hours: [],
    },
  ],
  given_to: { all: false, brands: ["Corner Coffee"], groups: [], store_ids: [] },
};

const one = calendarErrors;
const refused = [
  ...["invalid_name", "invalid_hours", "invalid_country", "invalid_date", "invalid_from", "invalid_to"],
  ...["invalid_valid_from", "invalid_store_id", "store_id_must_be_string", "store_not_found"],
  ...["too_many_dates", "too_many_calendars", "calendar_name_taken"],
];

/** Calendars: dates with hours of their own for many stores. */
export const calendarOperations: readonly Operation[] = [
  {
    id: "listCalendars",
    access: needs.fleetRead,
    tag: "Stores",
    method: "GET",
    path: "/api/v1/calendars",
    summary: "List calendars",
    headers: ifNoneMatchHeader,
    responses: readable("All calendars, by name.", json("CalendarList", CalendarListSchema)),
    errors: [],
    example: "/api/v1/calendars",
  },
  {
    id: "createCalendar",
    access: needs.fleetWrite,
    tag: "Stores",
    method: "POST",
    path: "/api/v1/calendars",
    summary: "Create a calendar",
    description:
      "Dates with hours of their own, for many stores: single dates, ranges, yearly dates, public holidays. A store's own special hours override its calendars. Of its calendars the one assigned to the store itself applies first, then those of its group, its brand, and of all stores; of two assigned in the same way the one created last. Figures are recalculated.",
    headers: idempotencyKeyHeader,
    body: { content: json("PutCalendar", PutCalendarSchema), example },
    responses: [
      {
        status: 201,
        description: "The calendar.",
        content: json("Calendar", CalendarSchema),
        headers: { Location: "URL of the calendar." },
      },
    ],
    errors: [...refused, ...idempotencyErrors],
    example: "/api/v1/calendars",
  },
  {
    id: "previewCalendar",
    access: needs.fleetWrite,
    tag: "Stores",
    method: "POST",
    path: "/api/v1/calendar-preview",
    summary: "Preview a calendar",
    description:
      "What creating or, with calendar_id, changing a calendar would do: its dates and stores, and the figures of the last 7 days. Changes nothing.",
    body: { content: json("PreviewCalendar", PreviewCalendarSchema), example },
    responses: [{ status: 200, description: "The effect.", content: json("CalendarPreview", CalendarPreviewSchema) }],
    errors: [
      ...[...one, ...refused, "invalid_icalendar", "invalid_zone"],
      ...["feed_url_not_allowed", "invalid_url", "rate_limited"],
    ],
    example: "/api/v1/calendar-preview",
  },
  {
    id: "getCalendar",
    access: needs.fleetRead,
    tag: "Stores",
    method: "GET",
    path: "/api/v1/calendars/{calendar_id}",
    summary: "Get a calendar",
    pathParameters: calendarId,
    headers: ifNoneMatchHeader,
    responses: readable("The calendar.", json("Calendar", CalendarSchema)),
    errors: one,
    example: "/api/v1/calendars/1",
  },
  {
    id: "putCalendar",
    access: needs.fleetWrite,
    tag: "Stores",
    method: "PUT",
    path: "/api/v1/calendars/{calendar_id}",
    summary: "Change a calendar",
    description:
      "Replaces name, entries and stores from valid_from on. Earlier dates stay as they were, for the stores that had the calendar then. To end a calendar, remove all its stores; deleting it changes past figures.",
    pathParameters: calendarId,
    headers: ifMatchHeader,
    body: { content: json("PutCalendar", PutCalendarSchema), example },
    responses: [
      { status: 200, description: "The calendar.", content: json("Calendar", CalendarSchema), headers: etagHeader },
    ],
    errors: [...one, ...refused, "precondition_failed"],
    example: "/api/v1/calendars/1",
  },
  ...calendarFeedOperations,
  {
    id: "deleteCalendar",
    access: needs.fleetWrite,
    tag: "Stores",
    method: "DELETE",
    path: "/api/v1/calendars/{calendar_id}",
    summary: "Delete a calendar",
    description: "Its dates no longer apply, including past ones: figures are recalculated.",
    pathParameters: calendarId,
    responses: [{ status: 204, description: "The calendar is deleted." }],
    errors: one,
    example: "/api/v1/calendars/1",
  },
  {
    id: "listHolidayCountries",
    access: needs.storesRead,
    tag: "Stores",
    method: "GET",
    path: "/api/v1/holidays",
    summary: "List countries with public holidays",
    description: "Countries, states and regions whose holidays an entry of a calendar can name.",
    headers: ifNoneMatchHeader,
    responses: readable("All of them, by name.", json("HolidayCountries", HolidayCountriesSchema)),
    errors: [],
    example: "/api/v1/holidays",
  },
];
