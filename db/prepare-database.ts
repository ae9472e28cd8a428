import { checkServer, explainDatabaseError } from "./check-server";
import { migrate } from "./migrate";

/**
 * Migrates a database to the newest schema.
 * @param isTheirs whether it is on the operator's own server, which may lack what we need
 * @throws {StartError} when that fails for a reason that an operator can act on
 */
export async function prepareDatabase(url: string, isTheirs: boolean): Promise<void> {
  if (isTheirs) await checkServer(url);
  try {
    await migrate(url);
  } catch (error) {
    throw explainDatabaseError(error, url);
  }
}
