import { AppError } from "@/lib/server/errors";
import { contentEncodingOf, emptyBody, isEmptyBody, mediaTypeOf, parseJsonBytes, readBytes } from "./body-bytes";
import type { ApiRequest } from "./api-request";

export interface ReadJsonOptions {
  /** Accepts JSON labelled as a form or not labelled, as `curl -d` sends it. */
  readonly anyMediaType?: boolean;
}

/**
 * The JSON of a request's body: UTF-8, with or without a byte order mark.
 * @throws AppError for another media type, an empty body, more than 1,000,000 bytes, or invalid JSON
 */
export async function readJson(request: ApiRequest, { anyMediaType = false }: ReadJsonOptions = {}): Promise<unknown> {
  if (isEmptyBody(request)) throw emptyBody("a JSON object");
  contentEncodingOf(request.headers, []);
  const mediaType = mediaTypeOf(request.headers);
  const isForm = ["", "application/x-www-form-urlencoded"].includes(mediaType);
  if (mediaType !== "application/json" && !(anyMediaType && isForm)) {
    throw new AppError("unsupported_media_type", "Send the body as application/json.");
  }
  const bytes = await readBytes(request);
  if (bytes.byteLength === 0) throw emptyBody("a JSON object");
  return parseJsonBytes(bytes);
}
