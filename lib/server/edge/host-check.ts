import type { IncomingMessage } from "node:http";
import { isLoopback, isReachable } from "@/lib/server/access/mode";
import type { Env } from "@/lib/server/env";
import { AppError } from "@/lib/server/errors";

/** The name in a Host header, in lower case and without its port; null for what is none. */
function nameOf(host: string): string | null {
  return /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/.exec(host.toLowerCase())?.[1] ?? null;
}

/**
 * Refuses a request that was sent to a name which is not ours. A page elsewhere can have its name lead to this machine
 * and ask us as if it were one of our pages; the name is what tells. With AUTH=required it has no cookie under that name,
 * so names are checked only where everybody gets in because only this machine can, and where ALLOWED_HOSTS lists them.
 * @returns null for a request that goes on, also for one without the header: no browser leaves it out
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
    "This server does not go by the name in the Host header. Use localhost or 127.0.0.1, or list the name in ALLOWED_HOSTS.",
  );
}
