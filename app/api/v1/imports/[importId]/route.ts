import { CreateImportQuerySchema } from "@/lib/contract/imports";
import { getDatabase } from "@/lib/server/database";
import { handle } from "@/lib/server/http/handle";
import { parseNoQuery, parseQuery } from "@/lib/server/http/parse";
import { parsePathId } from "@/lib/server/http/path-id";
import { cancelImport } from "@/lib/server/imports/cancel-import";
import { getImport } from "@/lib/server/imports/get-import";
import { parseImportKind, receiveImport } from "@/lib/server/imports/receive-import";

/** POST takes the kind of a file where the others take an import's id. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle<{ importId: string }>({
  GET: async (request, { params }) => {
    parseNoQuery(request);
    return Response.json(await getImport(getDatabase(), parsePathId((await params).importId, "invalid_import_id")));
  },
  POST: async (request, { params }) => {
    const kind = parseImportKind((await params).importId);
    return receiveImport(getDatabase(), request, kind, parseQuery(CreateImportQuerySchema, request));
  },
  DELETE: async (request, { params }) => {
    parseNoQuery(request);
    return Response.json(await cancelImport(getDatabase(), parsePathId((await params).importId, "invalid_import_id")));
  },
});
