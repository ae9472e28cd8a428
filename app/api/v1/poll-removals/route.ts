import { PollRemovalsQuerySchema } from "@/lib/contract/poll-removals";
import { getDatabase } from "@/lib/server/database";
import { jsonWithETag } from "@/lib/server/http/conditional";
import { handle } from "@/lib/server/http/handle";
import { nextLink } from "@/lib/server/http/next-link";
import { parseQuery } from "@/lib/server/http/parse";
import { getPollRemovals } from "@/lib/server/polls/remove-polls";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/api/v1/poll-removals", {
  GET: async (request, { viewer }) => {
    const page = await getPollRemovals(getDatabase(), viewer, parseQuery(PollRemovalsQuerySchema, request));
    return jsonWithETag(request, page, nextLink(request, page.next_cursor));
  },
});
