import { accessMode, isReachable } from "@/lib/server/access/mode";
import { env } from "@/lib/server/env";
import { AppError } from "@/lib/server/errors";

/**
 * Lets the metrics be read beside the pages: where people sign in, by whoever may (the operation says who), and where
 * everybody is let in, only if that is this machine alone.
 * @throws AppError not_found elsewhere: there they have a port of their own
 */
export function requireOpenMetrics(): void {
  if (accessMode() === "required" || !isReachable(env())) return;
  throw new AppError("not_found", "There is nothing at /metrics.");
}
