import { randomUUID } from "node:crypto";

/** The id of a request: the caller's when it is safe to log and to send back, otherwise a new one. */
export function requestIdFrom(header: string | string[] | null | undefined): string {
  return typeof header === "string" && /^[A-Za-z0-9._-]{1,128}$/.test(header) ? header : randomUUID();
}
