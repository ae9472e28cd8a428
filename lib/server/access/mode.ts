import { env, type Env } from "@/lib/server/env";

/** `open`: everyone sees and does everything. `required`: people sign in, programs send keys. */
export type AccessMode = "open" | "required";

const loopback = /^(([a-z0-9-]+\.)*localhost|127\.\d+\.\d+\.\d+|::1|\[::1\])$/;

/** Whether a name or address in lower case always means this machine. */
export function isLoopback(host: string): boolean {
  return loopback.test(host);
}

/** Whether other machines may reach the pages, as far as the settings tell. */
export function isReachable({ HOST, PUBLIC_URL, TRUST_PROXY }: Env): boolean {
  const isPublic = PUBLIC_URL !== undefined && !isLoopback(new URL(PUBLIC_URL).hostname);
  return !isLoopback(HOST) || isPublic || TRUST_PROXY > 0;
}

/**
 * The access mode of the settings. When only this machine can connect it is open unless AUTH says otherwise; when
 * others can, AUTH must be set.
 * @throws {Error} saying what to do when it is not
 */
export function accessMode(settings: Env = env()): AccessMode {
  if (settings.AUTH !== undefined) return settings.AUTH;
  if (!isReachable(settings)) return "open";
  throw new Error(
    "Other machines can connect (because of HOST, PUBLIC_URL or TRUST_PROXY), so set AUTH: with AUTH=required people sign in and programs send keys, with AUTH=open everyone can see and change everything.",
  );
}
