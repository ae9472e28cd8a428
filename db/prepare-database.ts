import { checkServer, explainDatabaseError } from "./check-server";
import { migrate } from "./migrate";

/**
 * Brings a database to the newest schema.
 * @param isTheirs whether it is on a server of somebody's own, which may not be as we need it
 * @throws {StartError} where that is not possible for a reason that an operator can do something about
 */
export async function prepareDatabase(url: string, isTheirs: boolean): Promise<void> {
  if (isTheirs) await checkServer(url);
  try {
    await migrate(url);
  } catch (error) {
    throw explainDatabaseError(error, url);
  }
}
