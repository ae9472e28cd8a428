import { PutCalendarSchema } from "@/lib/contract/calendars";
import { createCalendar, getCalendars } from "@/lib/server/calendars/manage-calendars";
import { prepareCalendar } from "@/lib/server/calendars/save-calendar";
import { getDatabase } from "@/lib/server/database";
import { jsonWithETag } from "@/lib/server/http/conditional";
import { handle } from "@/lib/server/http/handle";
import { withIdempotencyKey } from "@/lib/server/http/idempotency";
import { parseInput, parseNoQuery } from "@/lib/server/http/parse";
import { readJson } from "@/lib/server/http/read-json";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/api/v1/calendars", {
  GET: async (request, { viewer }) => {
    parseNoQuery(request);
    return jsonWithETag(request, await getCalendars(getDatabase(), viewer));
  },
  POST: async (request, { viewer }) => {
    parseNoQuery(request);
    const body = parseInput(PutCalendarSchema, await readJson(request));
    const prepared = await prepareCalendar(getDatabase(), body);
    return withIdempotencyKey(getDatabase(), viewer, request, body, async (tx, current) => {
      const calendar = await createCalendar(tx, current, prepared);
      return { status: 201, headers: { location: `/api/v1/calendars/${String(calendar.id)}` }, body: calendar };
    });
  },
});
