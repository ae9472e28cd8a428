import { PutCalendarSchema } from "@/lib/contract/calendars";
import { getCalendar, putCalendar, removeCalendar } from "@/lib/server/calendars/manage-calendars";
import { getDatabase } from "@/lib/server/database";
import { jsonWithETag, taggedJson } from "@/lib/server/http/conditional";
import { handle } from "@/lib/server/http/handle";
import { parseInput, parseNoQuery } from "@/lib/server/http/parse";
import { parsePathId } from "@/lib/server/http/path-id";
import { readJson } from "@/lib/server/http/read-json";

const idOf = async (params: Promise<{ calendarId: string }>): Promise<number | null> =>
  parsePathId((await params).calendarId, "invalid_calendar_id");

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle<{ calendarId: string }>(
  "/api/v1/calendars/{calendar_id}",
  {
    GET: async (request, { params, viewer }) => {
      parseNoQuery(request);
      return jsonWithETag(request, await getCalendar(getDatabase(), viewer, await idOf(params)));
    },
    PUT: async (request, { params, viewer }) => {
      parseNoQuery(request);
      const id = await idOf(params);
      const body = parseInput(PutCalendarSchema, await readJson(request));
      const ifMatch = request.headers.get("if-match");
      return taggedJson(await putCalendar(getDatabase(), viewer, id, body, ifMatch));
    },
    DELETE: async (request, { params, viewer }) => {
      parseNoQuery(request);
      await removeCalendar(getDatabase(), viewer, await idOf(params));
      return new Response(null, { status: 204 });
    },
  },
);
