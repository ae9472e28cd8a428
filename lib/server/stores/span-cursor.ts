import type { Database } from "@/db/client";
import type { Viewer } from "@/lib/server/access/viewer";
import { openCursor, sealCursor, type CursorList } from "@/lib/server/wire/cursor";
import type { EpochMs } from "@/lib/uptime/types";
import type { SpanRequest } from "./range";

/** Where a page of pieces of a span begins. The span is in the cursor, so that further pages are of the same answer. */
export interface SpanPosition extends SpanRequest {
  readonly from: EpochMs;
}

function isSpanPosition(value: unknown): value is SpanPosition {
  return typeof value === "object" && value !== null && "window" in value && "asOf" in value && "from" in value;
}

/** @returns null where there is no cursor: the first page   @throws AppError invalid_cursor */
export async function openSpanCursor(
  database: Pick<Database, "sql">,
  viewer: Viewer,
  list: CursorList,
  cursor: string | undefined,
): Promise<SpanPosition | null> {
  return cursor === undefined ? null : openCursor(database, viewer, list, cursor, isSpanPosition);
}

/** @param from where the next page begins */
export function sealSpanCursor(
  database: Pick<Database, "sql">,
  viewer: Viewer,
  list: CursorList,
  { window, asOf }: SpanRequest,
  from: EpochMs,
): Promise<string> {
  return sealCursor(database, viewer, list, { window, asOf, from } satisfies SpanPosition);
}
