import type { IncomingMessage } from "node:http";
import { isLoopback, isReachable } from "@/lib/server/access/mode";
import type { Env } from "@/lib/server/env";
import { AppError } from "@/lib/server/errors";

/** The name in a Host header, in lower case and without its port; null for a malformed header. */
function nameOf(host: string): string | null {
  return /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/.exec(host.toLowerCase())?.[1] ?? null;
}

/**
 * Rejects a request sent to a host name that is not ours (DNS rebinding): another site's name can resolve to this
 * machine and send requests as if it were one of our pages. With AUTH=required such a page has no cookie under that
 * name. So names are checked only in open mode on this machine alone, and where ALLOWED_HOSTS lists them.
 * @returns null for an accepted request, including one without the header: browsers always send it
 */
export function foreignHost({ headers }: Pick<IncomingMessage, "headers">, settings: Env): AppError | null {
  const { host } = headers;
  const { ALLOWED_HOSTS, PUBLIC_URL, AUTH } = settings;
  const isOpenHere = AUTH !== "required" && !isReachable(settings);
  if (host === undefined || (!isOpenHere && ALLOWED_HOSTS === undefined)) return null;
  const name = nameOf(host);
  if (name !== null && (isLoopback(name) || (ALLOWED_HOSTS ?? []).includes(name))) return null;
  if (name !== null && PUBLIC_URL !== undefined && new URL(PUBLIC_URL).hostname === name) return null;
  return new AppError(
    "host_not_allowed",
    "The name in the Host header is not one of this server. Use localhost or 127.0.0.1, or list the name in ALLOWED_HOSTS.",
  );
}
