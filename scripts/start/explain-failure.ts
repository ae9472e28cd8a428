import { join } from "node:path";
import { explainDatabaseError } from "@/db/check-server";
import { diskFull, explainFileError, isDiskFullAt, StartError } from "@/db/start-error";

const root = join(import.meta.dirname, "..", "..");

/** Where a start was when it failed. */
export interface StartPlaces {
  /** Of the database; "" before it is known. */
  readonly url: string;
  readonly dataDir: string;
  /** Of the bundled database; null where there is none. */
  readonly databaseDir: string | null;
}

/** What to say of a start that failed: a sentence with cause and remedy where one is known, else the error's own words. */
export function explainFailure(error: unknown, { url, dataDir, databaseDir }: StartPlaces): string {
  if (error instanceof StartError) return error.message;
  // A full disk shows in many ways: a lost connection, a process that ended, a build that failed.
  const places = [databaseDir ?? dataDir, root];
  const full = places.find((place) => isDiskFullAt(place));
  const isDiskFullError = error instanceof Error && /ENOSPC|No space left on device/i.test(error.message);
  if (full !== undefined || isDiskFullError) return diskFull(full ?? root, error).message;
  const explained = explainFileError(url === "" ? error : explainDatabaseError(error, url), dataDir, null);
  return explained instanceof Error ? explained.message : String(explained);
}
