import type { Database } from "@/db/client";
import { announceFleetChange, recordFewerPolls, recordFleetChange } from "@/db/queries/bulk/fleet-state";
import { moveLatePolls } from "@/db/queries/bulk/merge-stores";
import { purgePolls } from "@/db/queries/bulk/purge-stores";
import { deleteOldMerges } from "@/db/queries/store-merges";
import { deleteStoreRows, lockStoresToPurge } from "@/db/queries/store-record";
import { withTransaction } from "@/db/transaction";
import { storeUndoHours } from "@/lib/contract/store-record";
import { faultPoint } from "@/lib/faults/fault-point";

/** Few, so that no transaction takes long. */
const storesAtOnce = 10;
const keptDays = 30;

/** Removes the data of one lot of stores that were deleted a day ago. @returns how many there were */
async function purgeSome(database: Database): Promise<number> {
  const purged = await withTransaction(database, async (tx) => {
    const keys = await lockStoresToPurge(tx, storeUndoHours, storesAtOnce);
    if (keys.length === 0) return 0;
    await purgePolls(tx, keys);
    await faultPoint("purge.polls");
    await deleteStoreRows(tx, keys);
    await recordFewerPolls(tx);
    return keys.length;
  });
  if (purged > 0) await announceFleetChange(database);
  return purged;
}

/** Removes the data of deleted stores and of old merges, and moves polls that arrived during a merge. */
export async function settleStores(database: Database): Promise<void> {
  while ((await purgeSome(database)) > 0);
  await withTransaction(database, async (tx) => {
    await deleteOldMerges(tx, storeUndoHours, keptDays);
    if ((await moveLatePolls(tx)) > 0) await recordFleetChange(tx, null);
  });
}
