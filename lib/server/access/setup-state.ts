import type { Database } from "@/db/client";
import { countOperators } from "@/db/queries/people";
import { AppError } from "@/lib/server/errors";

const done = new WeakSet<Database>();

/** Whether there is an operator. Once true it stays true: the last operator can be neither deleted nor demoted. */
export async function isSetUp(database: Database): Promise<boolean> {
  if (done.has(database)) return true;
  if ((await countOperators(database)) === 0) return false;
  done.add(database);
  return true;
}

/** @throws AppError setup_required */
export async function requireSetUp(database: Database): Promise<void> {
  if (await isSetUp(database)) return;
  throw new AppError("setup_required", "Open the link printed at startup: it creates the first operator.");
}
