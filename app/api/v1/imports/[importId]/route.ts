import { CreateImportQuerySchema } from "@/lib/contract/imports";
import { WaitQuerySchema } from "@/lib/contract/wait";
import { getDatabase } from "@/lib/server/database";
import { withIdempotencyKey } from "@/lib/server/http/idempotency";
import { jsonWithETag } from "@/lib/server/http/conditional";
import { handle } from "@/lib/server/http/handle";
import { incomingFile } from "@/lib/server/http/incoming-file";
import { parseNoQuery, parseQuery } from "@/lib/server/http/parse";
import { parsePathId } from "@/lib/server/http/path-id";
import { limited } from "@/lib/server/http/rate-limit";
import { waitFor } from "@/lib/server/http/wait-for";
import { cancelImport } from "@/lib/server/imports/cancel-import";
import { getImport, hasEnded } from "@/lib/server/imports/get-import";
import { type IncomingUpload, parseImportKind, receiveImport } from "@/lib/server/imports/receive-import";
import { jsonResponse } from "@/lib/server/http/text-response";

/** POST takes a kind of file where the other methods take an import's id. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle<{ importId: string }>(
  "/api/v1/imports/{import_id}",
  {
    GET: limited("status", async (request, { params, viewer }) => {
      const id = parsePathId((await params).importId, "invalid_import_id");
      const { wait } = parseQuery(WaitQuerySchema, request);
      const seen = await waitFor(() => getImport(getDatabase(), viewer, id), hasEnded, wait, request.signal);
      return jsonWithETag(request, seen, hasEnded(seen) ? {} : { "retry-after": "1" });
    }),
    POST: limited("import", async (request, { params, viewer }) => {
      const kind = parseImportKind((await params).importId);
      const query = parseQuery(CreateImportQuerySchema, request);
      const database = getDatabase();
      const upload: IncomingUpload<Response> = {
        announcedBytes: Number(request.headers.get("content-length") ?? 0),
        open: (maxBytes) => incomingFile(request, maxBytes),
        queueOnce: (input, queue) =>
          withIdempotencyKey(database, viewer, request, input, async (tx, sender) => {
            const body = await queue(tx, sender);
            return { status: 202, headers: { location: body.links.self, "retry-after": "1" }, body };
          }),
      };
      return receiveImport(database, viewer, upload, kind, query);
    }),
    DELETE: async (request, { params, viewer }) => {
      parseNoQuery(request);
      return jsonResponse(
        await cancelImport(getDatabase(), viewer, parsePathId((await params).importId, "invalid_import_id")),
      );
    },
  },
);
