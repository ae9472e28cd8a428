import { PollBatchQuerySchema } from "@/lib/contract/polls";
import { getDatabase } from "@/lib/server/database";
import { answerStatementOnce } from "@/lib/server/http/answer-once";
import { handle } from "@/lib/server/http/handle";
import { parseQuery } from "@/lib/server/http/parse";
import { countPoints, limited } from "@/lib/server/http/rate-limit";
import { ingestBatch, judgeBatch, ownStoreIds } from "@/lib/server/polls/ingest-polls";
import { readBatch } from "@/lib/server/http/read-batch";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/api/v1/polls", {
  POST: limited("ingest", async (request, context) => {
    const { atomic } = parseQuery(PollBatchQuerySchema, request);
    const { viewer } = context;
    const database = getDatabase();
    const values = await readBatch(request);
    const batch = judgeBatch(values, Date.now(), atomic === "1", await ownStoreIds(database, viewer, values));
    await countPoints("polls", request, context, values.length);
    return ingestBatch(database, batch, (merge) =>
      answerStatementOnce(database, viewer, request, values, async (session) => {
        return { status: 200, body: await merge(session) };
      }),
    );
  }),
});
