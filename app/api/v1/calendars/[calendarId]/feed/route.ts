import { PutFeedSchema } from "@/lib/contract/calendar-feeds";
import { getFeed, putFeed, removeFeed } from "@/lib/server/calendars/manage-feeds";
import { getDatabase } from "@/lib/server/database";
import { jsonWithETag } from "@/lib/server/http/conditional";
import { handle } from "@/lib/server/http/handle";
import { parseInput, parseNoQuery } from "@/lib/server/http/parse";
import { parsePathId } from "@/lib/server/http/path-id";
import { limited } from "@/lib/server/http/rate-limit";
import { readJson } from "@/lib/server/http/read-json";
import { jsonResponse } from "@/lib/server/http/text-response";

const idOf = async (params: Promise<{ calendarId: string }>): Promise<number | null> =>
  parsePathId((await params).calendarId, "invalid_calendar_id");

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle<{ calendarId: string }>(
  "/api/v1/calendars/{calendar_id}/feed",
  {
    GET: async (request, { params, viewer }) => {
      parseNoQuery(request);
      return jsonWithETag(request, await getFeed(getDatabase(), viewer, await idOf(params)));
    },
    PUT: limited("webhook", async (request, { params, viewer }) => {
      parseNoQuery(request);
      const id = await idOf(params);
      const body = parseInput(PutFeedSchema, await readJson(request));
      return jsonResponse(await putFeed(getDatabase(), viewer, id, body));
    }),
    DELETE: async (request, { params, viewer }) => {
      parseNoQuery(request);
      await removeFeed(getDatabase(), viewer, await idOf(params));
      return new Response(null, { status: 204 });
    },
  },
);
