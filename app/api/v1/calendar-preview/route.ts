import { PreviewCalendarSchema } from "@/lib/contract/calendars";
import { previewCalendar } from "@/lib/server/calendars/preview-calendar";
import { getDatabase } from "@/lib/server/database";
import { handle } from "@/lib/server/http/handle";
import { parseInput, parseNoQuery } from "@/lib/server/http/parse";
import { limited } from "@/lib/server/http/rate-limit";
import { readJson } from "@/lib/server/http/read-json";
import { jsonResponse } from "@/lib/server/http/text-response";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/api/v1/calendar-preview", {
  POST: limited("webhook", async (request, { viewer, signal }) => {
    parseNoQuery(request);
    const body = parseInput(PreviewCalendarSchema, await readJson(request));
    return jsonResponse(await previewCalendar(getDatabase(), viewer, body, signal));
  }),
});
