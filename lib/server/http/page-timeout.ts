import { AppError, type ProblemCode } from "@/lib/server/errors";

/** A read for a page is not waited for any longer. */
export const pageTimeoutMs = 10_000;

const unreadable: ReadonlySet<ProblemCode> = new Set(["too_many_polls", "overloaded", "query_timeout"]);

/**
 * For what a page reads ahead: where very many polls cannot be read now, the browser asks for it again, and says in its
 * place what is wrong. All else is thrown.
 */
export function leaveToBrowser(error: unknown): void {
  if (!(error instanceof AppError) || !unreadable.has(error.code)) throw error;
}
