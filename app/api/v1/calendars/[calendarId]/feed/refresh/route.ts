import { refreshFeed } from "@/lib/server/calendars/manage-feeds";
import { getDatabase } from "@/lib/server/database";
import { handle } from "@/lib/server/http/handle";
import { parseNoQuery } from "@/lib/server/http/parse";
import { parsePathId } from "@/lib/server/http/path-id";
import { limited } from "@/lib/server/http/rate-limit";
import { jsonResponse } from "@/lib/server/http/text-response";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle<{ calendarId: string }>(
  "/api/v1/calendars/{calendar_id}/feed/refresh",
  {
    POST: limited("webhook", async (request, { params, viewer }) => {
      parseNoQuery(request);
      const id = parsePathId((await params).calendarId, "invalid_calendar_id");
      return jsonResponse(await refreshFeed(getDatabase(), viewer, id), { status: 202 });
    }),
  },
);
