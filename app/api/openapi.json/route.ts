import { apiDocument } from "@/lib/server/http/api-document";
import { jsonWithETag } from "@/lib/server/http/conditional";
import { handle } from "@/lib/server/http/handle";
import { parseNoQuery } from "@/lib/server/http/parse";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/api/openapi.json", {
  GET: (request) => {
    parseNoQuery(request);
    return jsonWithETag(request, apiDocument());
  },
});
