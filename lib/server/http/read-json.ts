import { AppError } from "@/lib/server/errors";

const maxBytes = 1_000_000;

export interface ReadJsonOptions {
  /** Takes JSON that is labelled as a form or not at all, as `curl -d` sends it. */
  readonly anyMediaType?: boolean;
}

function checkHeaders(headers: Headers, anyMediaType: boolean): void {
  const encoding = headers.get("content-encoding");
  if (encoding !== null && encoding.trim().toLowerCase() !== "identity") {
    throw new AppError("unsupported_encoding", "Send the body without content encoding.");
  }
  if (Number(headers.get("content-length") ?? 0) > maxBytes) throw tooLarge();
  const [mediaType = "", ...parameters] = (headers.get("content-type") ?? "").toLowerCase().split(";");
  const isForm = ["", "application/x-www-form-urlencoded"].includes(mediaType.trim());
  if (mediaType.trim() !== "application/json" && !(anyMediaType && isForm)) {
    throw new AppError("unsupported_media_type", "Send the body as application/json.");
  }
  const charset = parameters.map((one) => /^\s*charset\s*=\s*"?([^"\s]*)"?\s*$/.exec(one)?.[1]).find(Boolean);
  if (charset !== undefined && charset !== "utf-8" && charset !== "utf8") {
    throw new AppError("unsupported_media_type", "Send the JSON in UTF-8.");
  }
}

function tooLarge(): AppError {
  return new AppError("body_too_large", `The body may have ${maxBytes.toLocaleString("en-US")} bytes at the most.`);
}

/** Counts while it reads, so a body without a length cannot fill the memory. */
async function readBytes(request: Request): Promise<Uint8Array> {
  if (request.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body) {
    size += chunk.byteLength;
    if (size > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

/**
 * The JSON of a request's body: UTF-8, with or without a byte order mark.
 * @throws AppError for another media type, an empty body, more than 1,000,000 bytes, or what is no JSON
 */
export async function readJson(request: Request, { anyMediaType = false }: ReadJsonOptions = {}): Promise<unknown> {
  const isEmpty = request.body === null || request.headers.get("content-length") === "0";
  if (isEmpty) throw emptyBody();
  checkHeaders(request.headers, anyMediaType);
  const bytes = await readBytes(request);
  if (bytes.byteLength === 0) throw emptyBody();
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message : "It is not UTF-8.";
    throw new AppError("invalid_json", `The body is not JSON. ${reason.replace(/\p{C}/gu, " ")}`);
  }
}

function emptyBody(): AppError {
  return new AppError("empty_body", "Send a JSON object as the body.");
}
