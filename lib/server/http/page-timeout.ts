import { AppError, type ProblemCode } from "@/lib/server/errors";

/** Timeout of a read for a page, in ms. */
export const pageTimeoutMs = 10_000;

const unreadable: ReadonlySet<ProblemCode> = new Set(["too_many_polls", "overloaded", "query_timeout"]);

/**
 * For data that a page prefetches. When it has too many polls to read now, the browser fetches it again and shows the
 * error in its place. Every other error is rethrown.
 */
export function leaveToBrowser(error: unknown): void {
  if (!(error instanceof AppError) || !unreadable.has(error.code)) throw error;
}
