import { askPlaces } from "@/lib/server/calendars/ask-holidays";
import { handle } from "@/lib/server/http/handle";
import { jsonWithETag } from "@/lib/server/http/conditional";
import { parseNoQuery } from "@/lib/server/http/parse";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/api/v1/holidays", {
  GET: async (request) => {
    parseNoQuery(request);
    return jsonWithETag(request, { countries: await askPlaces() });
  },
});
