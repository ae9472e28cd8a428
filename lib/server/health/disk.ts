import { statfs } from "node:fs/promises";
import { env } from "@/lib/server/env";
import { AppError } from "@/lib/server/errors";

/** Below this the database itself may stop at any moment. */
const criticalBytes = 64 * 2 ** 20;

let folderOfBundled: string | undefined;

/** Sets the folder of the bundled database for a command, whose environment does not have it. */
export function watchDiskOf(folder: string): void {
  folderOfBundled = folder;
}

const remembered = { folder: "", at: -Infinity, bytes: 0 };
const rememberMs = 1_000;

/**
 * Free space in bytes on the disk of the database's files, at most a second old; null when they are not known to be on
 * this machine.
 */
export async function freeDiskBytes(): Promise<number | null> {
  const folder = env().DATABASE_DIR ?? folderOfBundled;
  if (folder === undefined) return null;
  if (remembered.folder === folder && performance.now() - remembered.at < rememberMs) return remembered.bytes;
  try {
    const { bavail, bsize } = await statfs(folder);
    Object.assign(remembered, { folder, at: performance.now(), bytes: bavail * bsize });
    return remembered.bytes;
  } catch {
    return null; // another user's folder, or none: then only the database itself can report a full disk
  }
}

/** Whether the database has room to continue writing. */
export async function isDiskUsable(): Promise<boolean> {
  const free = await freeDiskBytes();
  return free === null || free >= Math.min(criticalBytes, env().DISK_FREE_MIN_BYTES);
}

/** Three times the file: its spooled bytes, the stage, and the rows with their log. */
const timesFile = 3;

/** Whether a file of this size may be imported: three times that is free, and at least the configured minimum. */
export async function hasImportSpace(fileBytes: number): Promise<boolean> {
  const free = await freeDiskBytes();
  return free === null || free >= Math.max(env().DISK_FREE_MIN_BYTES, timesFile * fileBytes);
}

/** @throws AppError insufficient_storage when a file of this size may not be imported */
export async function requireImportSpace(fileBytes: number): Promise<void> {
  if (await hasImportSpace(fileBytes)) return;
  const free = Math.floor(((await freeDiskBytes()) ?? 0) / 2 ** 20);
  throw new AppError(
    "insufficient_storage",
    `The database disk is nearly full (${free} MiB free), so files are not imported. Free some space and send it again.`,
  );
}
