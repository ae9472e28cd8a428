import type { Operation } from "./operation";
import { ExportPollsQuerySchema, ExportQuerySchema } from "./exports";
import { needs } from "./scopes";

const description =
  "In the columns of the import file: importing it again changes nothing. Of all stores, of one, or of those that match a filter as of the newest fleet snapshot. Streamed as of one moment.";

const errors = [
  ...["invalid_store_id", "store_not_found", "invalid_state", "invalid_preset", "invalid_brand", "invalid_group"],
  ...["invalid_tag", "invalid_time_zone", "invalid_bom", "no_snapshot", "rate_limited"],
];

const csv = (example: string): Operation["responses"] => [
  {
    status: 200,
    description: "The rows.",
    content: { mediaType: "text/csv", example },
    headers: { "Content-Disposition": "A file name." },
  },
];

/** What was given for stores, as files that can be imported again. */
export const exportOperations: readonly Operation[] = [
  {
    id: "downloadHoursCsv",
    access: needs.storesRead,
    tag: "Stores",
    method: "GET",
    path: "/api/v1/hours.csv",
    summary: "Export weekly hours (CSV)",
    description: `${description} The hours that apply at the newest poll; earlier and planned ones are in \`GET /api/v1/stores/{store_id}/hours\`.`,
    query: ExportQuerySchema,
    responses: csv(
      "store_id,day,start_time_local,end_time_local\n8419537941919820732,0,10:00:00,22:00:00\n8419537941919820732,6,closed,closed",
    ),
    errors,
    example: "/api/v1/hours.csv",
  },
  {
    id: "downloadExceptionsCsv",
    access: needs.storesRead,
    tag: "Stores",
    method: "GET",
    path: "/api/v1/exceptions.csv",
    summary: "Export special hours (CSV)",
    description,
    query: ExportQuerySchema,
    responses: csv("store_id,date,start_time_local,end_time_local\n8419537941919820732,2023-12-25,closed,closed"),
    errors,
    example: "/api/v1/exceptions.csv",
  },
  {
    id: "downloadPollsCsv",
    access: needs.storesRead,
    tag: "Data",
    method: "GET",
    path: "/api/v1/polls.csv",
    summary: "Export polls (CSV)",
    description: `${description} Where both statuses were given for an instant, both are exported.`,
    query: ExportPollsQuerySchema,
    responses: csv("store_id,status,timestamp_utc\n8419537941919820732,active,2023-01-24 09:06:42.605 UTC"),
    errors: [...errors, "invalid_from", "invalid_to", "invalid_range"],
    example: "/api/v1/polls.csv",
  },
];
