import { RemovePollsQuerySchema } from "@/lib/contract/poll-removals";
import { PollBatchQuerySchema } from "@/lib/contract/polls";
import { readAs } from "@/lib/server/access/as-viewer";
import { getDatabase } from "@/lib/server/database";
import { withIdempotencyKey, withIdempotencyKeyForStatement } from "@/lib/server/http/idempotency";
import { handle } from "@/lib/server/http/handle";
import { parseQuery } from "@/lib/server/http/parse";
import { jsonResponse } from "@/lib/server/http/text-response";
import { countPoints, limited } from "@/lib/server/http/rate-limit";
import { announceRemoval, findManagedStore, readRemovalRange, removeStorePolls } from "@/lib/server/polls/remove-polls";
import { readBatch } from "@/lib/server/http/read-batch";
import { ingestTogether, isMergeable } from "@/lib/server/polls/ingest-together";
import { ingestBatch, validateBatch, ownStoreIds, requireStillOwn, roundedIds } from "@/lib/server/polls/ingest-polls";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/api/v1/polls", {
  POST: limited("ingest", async (request, context) => {
    const { atomic } = parseQuery(PollBatchQuerySchema, request);
    const { viewer } = context;
    const database = getDatabase();
    const values = await readBatch(request);
    const now = Date.now();
    const own = await readAs(database, viewer, (session) => ownStoreIds(session, viewer, values));
    const rounded = await roundedIds(database, viewer, values);
    const batch = validateBatch(values, now, atomic === "1", own, rounded);
    await countPoints("polls", request, context, values.length);
    const alone = (): Promise<Response> =>
      ingestBatch(database, batch, (merge) =>
        withIdempotencyKeyForStatement(
          database,
          viewer,
          request,
          values,
          async (session, sender) => {
            const ownNow = await ownStoreIds(session, sender, values, own);
            const left = ownNow === null ? batch : validateBatch(values, now, atomic === "1", ownNow, rounded);
            return { status: 200, body: await merge(session, left) };
          },
          (session, sender, stored) => requireStillOwn(session, sender, values, stored),
        ),
      );
    if (request.headers.get("idempotency-key") !== null || !isMergeable(viewer, batch)) return alone();
    return ingestTogether<Response>(database, viewer, batch, { alone, respond: jsonResponse });
  }),
  DELETE: limited("ingest", async (request, { viewer }) => {
    const query = parseQuery(RemovePollsQuerySchema, request);
    const range = readRemovalRange(query);
    const database = getDatabase();
    const response = await withIdempotencyKey(
      database,
      viewer,
      request,
      null,
      async (tx, current) => ({ status: 200, body: await removeStorePolls(tx, current, query.store, range) }),
      async (tx, current) => {
        await findManagedStore(tx, current, query.store);
      },
    );
    await announceRemoval(database);
    return response;
  }),
});
