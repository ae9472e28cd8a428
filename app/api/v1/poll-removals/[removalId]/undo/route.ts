import { getDatabase } from "@/lib/server/database";
import { withIdempotencyKey } from "@/lib/server/http/idempotency";
import { handle } from "@/lib/server/http/handle";
import { parseNoQuery } from "@/lib/server/http/parse";
import { parsePathId } from "@/lib/server/http/path-id";
import { limited } from "@/lib/server/http/rate-limit";
import { announceRemoval, findManagedRemoval, prepareUndo, undoRemoval } from "@/lib/server/polls/remove-polls";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle<{ removalId: string }>(
  "/api/v1/poll-removals/{removal_id}/undo",
  {
    POST: limited("ingest", async (request, { params, viewer }) => {
      parseNoQuery(request);
      const given = parsePathId((await params).removalId, "invalid_removal_id");
      const database = getDatabase();
      const id = await prepareUndo(database, viewer, given);
      const response = await withIdempotencyKey(
        database,
        viewer,
        request,
        id,
        async (tx, current) => ({ status: 200, body: await undoRemoval(tx, current, id) }),
        async (tx, current) => {
          await findManagedRemoval(tx, current, id);
        },
      );
      await announceRemoval(database);
      return response;
    }),
  },
);
