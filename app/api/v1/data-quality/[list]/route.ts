import { QualityListNameSchema, QualityListQuerySchema } from "@/lib/contract/data-quality";
import { getDatabase } from "@/lib/server/database";
import { jsonWithETag } from "@/lib/server/http/conditional";
import { handle } from "@/lib/server/http/handle";
import { nextLink } from "@/lib/server/http/next-link";
import { parsePathPart, parseQuery } from "@/lib/server/http/parse";
import { listQuality } from "@/lib/server/stores/data-quality";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle<{ list: string }>(
  "/api/v1/data-quality/{list}",
  {
    GET: async (request, { params, viewer }) => {
      const list = parsePathPart(QualityListNameSchema, "list", (await params).list);
      const page = await listQuality(getDatabase(), viewer, list, parseQuery(QualityListQuerySchema, request));
      return jsonWithETag(request, page, nextLink(request, page.next_cursor));
    },
  },
);
