import { statfsSync } from "node:fs";

/** Why the product cannot start, in one sentence with cause and remedy: shown as it is, without a stack. */
export class StartError extends Error {}

/** With less than this, neither a log nor a database server can continue. */
const hardlyAnyBytes = 2 ** 20;

/** @param folder where space is needed; any file or folder on that disk */
export function diskFull(folder: string, cause: unknown): StartError {
  return new StartError(
    `The disk is full: free some space where ${folder} is (a new database takes 100 MB), then start again.`,
    {
      cause,
    },
  );
}

/** Whether less than `bytes` are free on a folder's disk, by default hardly any; false when unknown. */
export function isDiskFullAt(folder: string, bytes = hardlyAnyBytes): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize < bytes;
  } catch {
    return false;
  }
}

/**
 * An error of the file system in words; other errors are returned as they are.
 * @param folder that was used
 * @param setting that names the folder; null without one
 */
export function explainFileError(error: unknown, folder: string, setting: string | null): unknown {
  if (error instanceof StartError || !(error instanceof Error) || !("code" in error)) return error;
  const path = "path" in error && typeof error.path === "string" ? error.path : folder;
  const elsewhere = setting === null ? "" : `, or set ${setting} to another folder`;
  switch (error.code) {
    case "ENOSPC":
    case "EDQUOT":
      return diskFull(path, error);
    case "EACCES":
    case "EPERM":
      return new StartError(`${path} cannot be written to: start as its owner${elsewhere}.`, {
        cause: error,
      });
    case "EROFS":
      return new StartError(`${path} is on a disk that is mounted read-only: remount it for writing${elsewhere}.`, {
        cause: error,
      });
    case "EEXIST":
    case "ENOTDIR":
      return new StartError(`${path} is a file where a folder is needed: move it away${elsewhere}.`, { cause: error });
    case "ENAMETOOLONG":
      return new StartError(`The name of ${path} is too long: move the project to a shorter one${elsewhere}.`, {
        cause: error,
      });
    case "EMFILE":
    case "ENFILE":
      return new StartError("Too many files are open: raise the limit (ulimit -n), then start again.", {
        cause: error,
      });
    default:
      return error;
  }
}
