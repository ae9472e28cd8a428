import { isDatabaseUnavailable } from "@/db/connection-errors";
import { log } from "@/lib/server/log";
import { suspectDatabase } from "@/lib/server/health/database-gate";

/** Logs what a page threw under the request's id, and reports a lost database to the gate. */
export function recordFailedPage(
  error: unknown,
  {
    path,
    headers,
  }: { readonly path: string; readonly headers: Readonly<Record<string, string | string[] | undefined>> },
): void {
  const away = isDatabaseUnavailable(error);
  if (away) suspectDatabase();
  const [pathname] = path.split("?", 1);
  log[away ? "warn" : "error"]({ requestId: headers["x-request-id"], pathname, err: error }, "page failed");
}
