import type { Database } from "@/db/client";
import { isSchemaCurrent } from "@/db/queries/bulk/schema-version";
import { AppError } from "@/lib/server/errors";
import { isDiskUsable } from "./disk";
import { withTimeout } from "./timeout";

const timeoutMs = 1_000;

/**
 * Whether requests can be served: the database responds within a second, its schema is current, and its disk is not
 * full.
 * @throws AppError not_ready, saying only which of these fails
 */
export async function requireReady(database: Database): Promise<void> {
  const [schema, disk] = await Promise.all([
    withTimeout(isSchemaCurrent(database), timeoutMs, "The schema").catch(() => null),
    isDiskUsable(),
  ]);
  const faults = [
    ...(schema === null ? ["the database does not respond"] : []),
    ...(schema === false ? ["its schema is older than this program"] : []),
    ...(disk ? [] : ["its disk is full"]),
  ];
  if (faults.length > 0) throw new AppError("not_ready", `Not ready: ${faults.join(", ")}.`);
}
