import type { Download } from "@/lib/server/wire/download";
import { matchesETag } from "./conditional";
import type { ApiRequest } from "./api-request";

/**
 * The response that downloads a file, or 304 when the caller has it by its ETag. Always the complete file, even for a
 * range request.
 */
export function downloadResponse(
  request: ApiRequest,
  { etag, mediaType, headers, fileName, open }: Download,
): Response {
  const kept = { ...(etag === null ? {} : { etag }), "accept-ranges": "none", ...headers };
  if (etag !== null && matchesETag(request.headers.get("if-none-match"), etag)) {
    return new Response(null, { status: 304, headers: kept });
  }
  return new Response(open(), { headers: { ...kept, ...fileHeaders(mediaType, fileName) } });
}

/** The response that downloads a CSV which is made as it is sent. */
export function csvResponse(body: ReadableStream<Uint8Array>, fileName: string): Response {
  return new Response(body, { headers: fileHeaders("text/csv; charset=utf-8; header=present", fileName) });
}

function fileHeaders(mediaType: string, fileName: string): Record<string, string> {
  return {
    "content-type": mediaType,
    "content-disposition": `attachment; filename="${fileName}"`,
    "x-content-type-options": "nosniff",
  };
}
