import { explainDatabaseError } from "@/db/check-server";
import { diskFull, explainFileError, isDiskFullAt, StartError } from "@/db/start-error";

const root = process.cwd();

/** Paths and address of a start that failed. */
export interface StartPlaces {
  /** Of the database; "" before it is known. */
  readonly url: string;
  readonly dataDir: string;
  /** Of the bundled database; null without one. */
  readonly databaseDir: string | null;
}

/** The message for a start that failed: a sentence with cause and remedy if known, else the error's own message. */
export function explainFailure(error: unknown, { url, dataDir, databaseDir }: StartPlaces): string {
  if (error instanceof StartError) return error.message;
  // A full disk has many symptoms: a lost connection, a process that ended, a build that failed.
  const places = [databaseDir ?? dataDir, root];
  const full = places.find((place) => isDiskFullAt(place));
  const isDiskFullError = error instanceof Error && /ENOSPC|No space left on device/i.test(error.message);
  if (full !== undefined || isDiskFullError) return diskFull(full ?? root, error).message;
  const explained = explainFileError(url === "" ? error : explainDatabaseError(error, url), dataDir, null);
  return explained instanceof Error ? explained.message : String(explained);
}
