import { statfs } from "node:fs/promises";
import { env } from "@/lib/server/env";
import { AppError } from "@/lib/server/errors";

/** Below this the database itself may stop at any moment. */
const criticalBytes = 64 * 2 ** 20;

let folderOfBundled: string | undefined;

/** Tells a command, whose environment does not say it, where the bundled database has its files. */
export function watchDiskOf(folder: string): void {
  folderOfBundled = folder;
}

const remembered = { folder: "", at: -Infinity, bytes: 0 };
const rememberMs = 1_000;

/**
 * Free space where the database's files lie, in bytes, at most a second old; null where they are not known to lie on
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
    return null; // another user's folder, or none: then the database's own words must do
  }
}

/** Whether there is room for the database to go on writing. */
export async function isDiskUsable(): Promise<boolean> {
  const free = await freeDiskBytes();
  return free === null || free >= Math.min(criticalBytes, env().DISK_FREE_MIN_BYTES);
}

/** More than the file itself: it waits in the database, is copied into a stage, and becomes rows and their log. */
const timesFile = 3;

/** Whether a file of so many bytes may be imported: three times that is free, and no less than the floor. */
export async function hasImportSpace(fileBytes: number): Promise<boolean> {
  const free = await freeDiskBytes();
  return free === null || free >= Math.max(env().DISK_FREE_MIN_BYTES, timesFile * fileBytes);
}

/** @throws AppError insufficient_storage where a file of so many bytes may not be imported */
export async function requireImportSpace(fileBytes: number): Promise<void> {
  if (await hasImportSpace(fileBytes)) return;
  const free = Math.floor(((await freeDiskBytes()) ?? 0) / 2 ** 20);
  throw new AppError(
    "insufficient_storage",
    `The disk of the database is nearly full (${free} MiB are free), so no file is imported. Free some space and send it again.`,
  );
}
