import { statfs } from "node:fs/promises";
import { env } from "@/lib/server/env";

/** Below this the database itself may stop at any moment. */
const criticalBytes = 64 * 2 ** 20;

const remembered = { folder: "", at: -Infinity, bytes: 0 };
const rememberMs = 1_000;

/**
 * Free space where the database's files lie, in bytes, at most a second old; null where they are not known to lie on
 * this machine.
 */
export async function freeDiskBytes(): Promise<number | null> {
  const { DATABASE_DIR: folder } = env();
  if (folder === undefined) return null;
  if (remembered.folder === folder && performance.now() - remembered.at < rememberMs) return remembered.bytes;
  try {
    const { bavail, bsize } = await statfs(folder);
    Object.assign(remembered, { folder, at: performance.now(), bytes: bavail * bsize });
    return remembered.bytes;
  } catch {
    return null; // another user's folder, or none: then the database's own words must do
  }
}

/** Whether there is room for the database to go on writing. */
export async function isDiskUsable(): Promise<boolean> {
  const free = await freeDiskBytes();
  return free === null || free >= Math.min(criticalBytes, env().DISK_FREE_MIN_BYTES);
}
