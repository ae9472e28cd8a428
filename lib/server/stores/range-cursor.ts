import type { Database } from "@/db/client";
import type { Viewer } from "@/lib/server/access/viewer";
import { openCursor, sealCursor, type CursorList } from "@/lib/server/wire/cursor";
import type { EpochMs } from "@/lib/uptime/types";
import type { ResolvedRange } from "./range";

/**
 * Where a page within a range starts. The range is part of the cursor, so that all pages belong to the same response.
 */
export interface RangePosition extends ResolvedRange {
  readonly from: EpochMs;
}

function isRangePosition(value: unknown): value is RangePosition {
  return typeof value === "object" && value !== null && "window" in value && "asOf" in value && "from" in value;
}

/** @returns null without a cursor: the first page   @throws AppError invalid_cursor */
export async function openRangeCursor(
  database: Database,
  viewer: Viewer,
  list: CursorList,
  cursor: string | undefined,
): Promise<RangePosition | null> {
  return cursor === undefined ? null : openCursor(database, viewer, list, cursor, isRangePosition);
}

/** @param from where the next page starts */
export function sealRangeCursor(
  database: Database,
  viewer: Viewer,
  list: CursorList,
  { window, asOf }: ResolvedRange,
  from: EpochMs,
): Promise<string> {
  return sealCursor(database, viewer, list, { window, asOf, from } satisfies RangePosition);
}
