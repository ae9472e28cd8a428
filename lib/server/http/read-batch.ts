import { setImmediate as nextTurn } from "node:timers/promises";
import { largestPollBatch, PollBatchShapeSchema } from "@/lib/contract/polls";
import { AppError } from "@/lib/server/errors";
import {
  contentEncodingOf,
  decodeUtf8,
  emptyBody,
  inflateGzip,
  isEmptyBody,
  mediaTypeOf,
  parseJsonBytes,
  parseJsonText,
  quickBytes,
  readBytes,
  tooComplex,
} from "./body-bytes";
import { maxValues } from "./json-shape";
import { UnreadablePoll } from "@/lib/server/wire/unreadable-poll";
import { parseInput } from "./parse";
import type { ApiRequest } from "./api-request";

/** The media types of a batch, also listed in `Accept-Post`. */
const batchMediaTypes = ["application/json", "application/x-ndjson"] as const;

/**
 * The polls of a request's body, not validated yet: `{"polls": […]}`, or JSON lines with one poll each (blank lines are
 * ignored). Either may be gzip.
 * @throws AppError for another media type or encoding, an empty or too large body, or invalid JSON
 */
export async function readBatch(request: ApiRequest): Promise<readonly unknown[]> {
  const { headers } = request;
  const what = "a batch of polls";
  if (isEmptyBody(request)) throw emptyBody(what);
  const encoding = contentEncodingOf(headers, ["gzip"]);
  const mediaType = batchMediaTypes.find((one) => one === mediaTypeOf(headers));
  if (mediaType === undefined) {
    throw new AppError("unsupported_media_type", `Send the body as ${batchMediaTypes.join(" or ")}.`);
  }
  const sent = await readBytes(request);
  if (sent.byteLength === 0) throw emptyBody(what);
  const bytes = encoding === "gzip" ? await inflateGzip(sent) : sent;
  if (bytes.byteLength === 0) throw emptyBody(what);
  if (mediaType === "application/json") return parseInput(PollBatchShapeSchema, await parseJsonBytes(bytes)).polls;
  return parseLines(linesOf(decodeUtf8(bytes)));
}

/** Parses one poll per line. Other requests get a turn of the event loop after every 64 KiB. */
async function parseLines(lines: readonly string[]): Promise<unknown[]> {
  const polls: unknown[] = [];
  let unread = quickBytes;
  for (const line of lines) {
    unread -= line.length;
    if (unread < 0) {
      await nextTurn();
      unread = quickBytes - line.length;
    }
    polls.push(parseLine(line));
  }
  return polls;
}

/** The lines that are not blank. @throws AppError body_too_complex, batch_too_large */
function linesOf(text: string): string[] {
  // One more than the maximum: splitting eight million lines would block all other requests.
  const all = text.split("\n", maxValues + 1);
  if (all.length > maxValues) throw tooComplex();
  const lines = all.map((line) => line.trim()).filter((line) => line !== "");
  if (lines.length > largestPollBatch) {
    const most = largestPollBatch.toLocaleString("en-US");
    throw new AppError("batch_too_large", `A batch may have at most ${most} polls; this one has ${lines.length}.`);
  }
  return lines;
}

/** One poll. A line that is not JSON is rejected by itself; the other lines are still accepted. */
function parseLine(line: string): unknown {
  try {
    return parseJsonText(line, "line");
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return new UnreadablePoll(error.code, error.message);
  }
}
