import { isDatabaseUnavailable, isDiskFull, isRetryable, isStatementTimeout } from "@/db/connection-errors";
import type { Problem } from "@/lib/contract/problem";
import { suspectDatabase } from "@/lib/server/health/database-gate";
import { AppError, problems, type ProblemCode } from "@/lib/server/errors";
import { TextResponse } from "./text-response";

/** Seconds after which a retry makes sense, for responses that say so. */
const retryAfterSeconds: Partial<Record<ProblemCode, number>> = {
  database_unavailable: 2,
  query_timeout: 5,
  not_ready: 2,
  overloaded: 1,
  report_not_ready: 2,
  idempotency_key_in_flight: 1,
};

/** The caller's error, or the code under which our failure is reported, without any of its detail. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (isDatabaseUnavailable(error)) {
    suspectDatabase();
    return new AppError("database_unavailable", "The database cannot be reached. Try again in a few seconds.", {
      cause: error,
    });
  }
  if (isStatementTimeout(error)) {
    return new AppError("query_timeout", "The database took too long to respond. Try again later.", { cause: error });
  }
  if (isDiskFull(error)) {
    const detail = "The database disk is full, so nothing was stored. Free some space and send it again.";
    return new AppError("insufficient_storage", detail, { cause: error });
  }
  if (isRetryable(error)) {
    return new AppError("query_timeout", "Concurrent changes blocked this for too long. Try again.", { cause: error });
  }
  return new AppError("internal", "The request failed because of an internal error, which has been logged.", {
    cause: error,
  });
}

/** The `application/problem+json` (RFC 9457) text of an error. */
export function problemText(error: AppError, requestId: string): string {
  const { status, title } = problems[error.code];
  const { faults } = error.options;
  const body: Problem = {
    type: `urn:store-monitoring:problem:${error.code}`,
    title,
    status,
    detail: error.message,
    code: error.code,
    request_id: requestId,
    ...(faults === undefined || faults.length === 0 ? {} : { errors: [...faults] }),
  };
  return JSON.stringify(body);
}

/** The `application/problem+json` response of an error; never cached. */
export function problemResponse(
  error: AppError,
  requestId: string,
  headers: Record<string, string> = {},
): TextResponse {
  const { status } = problems[error.code];
  const retryAfter = retryAfterSeconds[error.code];
  return new TextResponse(problemText(error, requestId), {
    status,
    headers: {
      "content-type": "application/problem+json",
      "cache-control": "private, no-store",
      ...(retryAfter === undefined ? {} : { "retry-after": String(retryAfter) }),
      ...error.options.headers,
      ...headers,
    },
  });
}
