import { accessMode, isReachable } from "@/lib/server/access/mode";
import { env } from "@/lib/server/env";
import { AppError } from "@/lib/server/errors";

/**
 * Allows metrics to be read on the port of the pages: with sign-in by those who have the operation's scope, in open
 * mode only when this machine alone can connect.
 * @throws AppError not_found otherwise; metrics then have a port of their own
 */
export function requireOpenMetrics(): void {
  if (accessMode() === "required" || !isReachable(env())) return;
  throw new AppError("not_found", "There is nothing at /metrics.");
}
