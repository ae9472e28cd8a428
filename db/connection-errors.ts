/** Codes of the driver and of the network for a missing connection. */
const unavailableCodes = new Set([
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
  "CONNECT_TIMEOUT",
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOENT",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EPIPE",
  "ETIMEDOUT",
]);

/** SQLSTATEs of a server that is stopping, starting, out of connections or (after a failover) read-only. */
const unavailableStates = new Set(["57P01", "57P02", "57P03", "57P05", "53300", "25006", "25P03"]);

/** SQLSTATEs of a transaction that lost a conflict: serialization failure, deadlock. */
const conflictStates = new Set(["40001", "40P01"]);

const lockTimeout = "55P03";

/** The code of the innermost error that has one; the query builder wraps what the driver throws. */
export function databaseErrorCode(error: unknown): string | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && typeof cause.code === "string") return cause.code;
    if (cause instanceof AggregateError && cause.errors.length > 0) return databaseErrorCode(cause.errors[0]);
  }
  return null;
}

/** Whether the database could not be reached or could not respond, as opposed to responding with an error. */
export function isDatabaseUnavailable(error: unknown): boolean {
  const code = databaseErrorCode(error);
  return code !== null && (unavailableCodes.has(code) || unavailableStates.has(code) || /^08[0-9A-Z]{3}$/.test(code));
}

const noFreeConnectionCode = "NO_FREE_CONNECTION";

/**
 * Thrown when a task that holds one connection waited too long for a second one: others may be waiting for the first.
 */
export function noFreeConnection(): Error {
  return Object.assign(new Error("No database connection became free in time."), { code: noFreeConnectionCode });
}

/** Whether the remedy is to release all connections and to retry later. */
export function isNoFreeConnection(error: unknown): boolean {
  return databaseErrorCode(error) === noFreeConnectionCode;
}

/** Whether the transaction lost a conflict and may succeed the next time. */
export function isTransactionConflict(error: unknown): boolean {
  return conflictStates.has(databaseErrorCode(error) ?? "");
}

/** Whether a retry may succeed: the database was unavailable, or two transactions conflicted. */
export function isRetryable(error: unknown): boolean {
  return isDatabaseUnavailable(error) || isTransactionConflict(error) || databaseErrorCode(error) === lockTimeout;
}

/** Whether the server cancelled the statement because of its timeout. */
export function isStatementTimeout(error: unknown): boolean {
  return databaseErrorCode(error) === "57014";
}

/** Whether a row exists already. */
export function isUniqueViolation(error: unknown): boolean {
  return databaseErrorCode(error) === "23505";
}

/** Whether a row has no partition; the server reports that as a violated check. */
export function isMissingPartition(error: unknown): boolean {
  return databaseErrorCode(error) === "23514";
}

/** Whether the server's disk is full. */
export function isDiskFull(error: unknown): boolean {
  return databaseErrorCode(error) === "53100";
}
