import { env } from "@/lib/server/env";
import { AppError } from "@/lib/server/errors";

const loopback = /^(127\.\d+\.\d+\.\d+|::1|localhost)$/;

/**
 * Lets the metrics be read beside the pages only where nobody but this machine gets in.
 * @throws AppError not_found elsewhere: there they have a port of their own
 */
export function requireOpenMetrics(): void {
  const { HOST, TRUST_PROXY } = env();
  if (loopback.test(HOST) && TRUST_PROXY === 0) return;
  throw new AppError("not_found", "There is nothing at /metrics.");
}
