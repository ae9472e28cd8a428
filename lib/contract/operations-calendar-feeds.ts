import { CalendarFeedSchema, PutFeedSchema } from "./calendar-feeds";
import { calendarErrors, calendarId } from "./calendar-parameters";
import { json, type Operation } from "./operation";
import { ifNoneMatchHeader, readable } from "./operation-parameters";
import { needs } from "./scopes";

const path = "/api/v1/calendars/{calendar_id}/feed";
const feed = json("CalendarFeed", CalendarFeedSchema);
const one = [...calendarErrors, "feed_not_found"];

const file = [
  ...["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example//EN", "BEGIN:VEVENT", "UID:1@example.com"],
  ...["SUMMARY:Inventory", "DTSTART;VALUE=DATE:20230126", "END:VEVENT", "END:VCALENDAR", ""],
].join("\r\n");

/** Feeds: iCalendar files and addresses from which dates of calendars come. */
export const calendarFeedOperations: readonly Operation[] = [
  {
    id: "putCalendarFeed",
    access: needs.fleetWrite,
    tag: "Stores",
    method: "PUT",
    path,
    summary: "Set the feed of a calendar",
    description:
      "Dates of the calendar come from an iCalendar file (RFC 5545), or from an address that is fetched every hour; entries of the calendar apply where both have a date. A file is read at once. An address is fetched by the worker: 5 MB, 20 seconds and five redirects at most, public https addresses only, unless the server is configured otherwise. Dates that were read stay while the address gives no calendar. Events from a year before the newest poll to two years after it are read; dates before valid_from, or before the newest poll when the feed changes, stay as they were.",
    pathParameters: calendarId,
    body: { content: json("PutCalendarFeed", PutFeedSchema), example: { file, meaning: "closed" } },
    responses: [{ status: 200, description: "The feed.", content: feed }],
    errors: [
      ...[...calendarErrors, "feed_url_not_allowed", "invalid_icalendar", "invalid_zone", "invalid_url"],
      ...["invalid_valid_from", "too_many_dates", "rate_limited"],
    ],
    example: "/api/v1/calendars/1/feed",
  },
  {
    id: "getCalendarFeed",
    access: needs.fleetWrite,
    tag: "Stores",
    method: "GET",
    path,
    summary: "Get the feed of a calendar",
    description: "Where dates of the calendar come from, its next dates, and when it was read.",
    pathParameters: calendarId,
    headers: ifNoneMatchHeader,
    responses: readable("The feed.", feed),
    errors: one,
    example: "/api/v1/calendars/1/feed",
  },
  {
    id: "refreshCalendarFeed",
    access: needs.fleetWrite,
    tag: "Stores",
    method: "POST",
    path: `${path}/refresh`,
    summary: "Read the feed of a calendar now",
    description: "A worker reads it at once, rather than at next_read_at.",
    pathParameters: calendarId,
    responses: [{ status: 202, description: "The feed is due.", content: feed }],
    errors: [...one, "rate_limited"],
    example: "/api/v1/calendars/1/feed/refresh",
  },
  {
    id: "deleteCalendarFeed",
    access: needs.fleetWrite,
    tag: "Stores",
    method: "DELETE",
    path,
    summary: "Remove the feed of a calendar",
    description: "Its dates from that of the newest poll on no longer apply; earlier ones stay.",
    pathParameters: calendarId,
    responses: [{ status: 204, description: "The feed is removed." }],
    errors: one,
    example: "/api/v1/calendars/1/feed",
  },
];
