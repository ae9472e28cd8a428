import { advisoryLocks, shareForTransaction } from "@/db/advisory-locks";
import type { Database } from "@/db/client";
import { announceFleetChange, recordFleetChange } from "@/db/queries/bulk/fleet-state";
import { findStoresWithOtherExceptions } from "@/db/queries/bulk/other-exceptions";
import { replaceExceptions } from "@/db/queries/bulk/replace-exceptions";
import { lockStores } from "@/db/queries/stores";
import { mostExceptions, type ExceptionsSet, type PutExceptions } from "@/lib/contract/store-edit";
import { changeAs } from "@/lib/server/access/as-viewer";
import { recordAudits } from "@/lib/server/access/record-audit";
import type { Viewer } from "@/lib/server/access/viewer";
import { AppError } from "@/lib/server/errors";
import { dayMs } from "@/lib/uptime/units";
import { readDayHours } from "./hours-input";
import { requireManagedStores } from "./require-store";

/** @returns the number of dates   @throws AppError invalid_range */
function countDates({ store_ids: stores, from, to, hours }: PutExceptions): number {
  const dates = (Date.parse(to) - Date.parse(from)) / dayMs + 1;
  const refuse = (reason: string): never => {
    throw new AppError("invalid_range", reason, { faults: [{ pointer: "/to", code: "invalid_range", reason }] });
  };
  if (dates < 1) refuse("to must not be before from.");
  const rows = dates * stores.length * Math.max(1, hours?.length ?? 1);
  if (rows > mostExceptions) {
    const most = mostExceptions.toLocaleString("en-US");
    refuse(`At most ${most} openings at once, over all dates and stores; these are ${rows}. Send fewer stores.`);
  }
  return dates;
}

/**
 * Sets or removes the special hours of every date from one to another, for several stores: for all of them or for none.
 * Only the stores that have others are changed.
 * @throws AppError store_not_found, insufficient_scope, duplicate_store, invalid_range, invalid_hours
 */
export async function putExceptions(database: Database, viewer: Viewer, body: PutExceptions): Promise<ExceptionsSet> {
  const { store_ids: storeIds, from, to } = body;
  const twice = storeIds.find((storeId, index) => storeIds.indexOf(storeId) !== index);
  if (twice !== undefined) throw new AppError("duplicate_store", `Store ${twice} is listed twice.`);
  const dates = countDates(body);
  const hours = body.hours === null ? null : readDayHours(body.hours);
  const isChanged = await changeAs(database, viewer, async (tx, editor) => {
    const keyOf = await requireManagedStores(tx, editor, storeIds, (index) => `/store_ids/${String(index)}`);
    const keys = [...keyOf.values()];
    await shareForTransaction(tx, advisoryLocks.exceptions);
    await lockStores(tx, keys);
    const span = { first: from, last: to };
    const others = await findStoresWithOtherExceptions(tx, keys, span, hours);
    if (others.size === 0) return false;
    await replaceExceptions(tx, [...others], span, hours);
    const changed = storeIds.filter((storeId) => others.has(keyOf.get(storeId) ?? 0));
    const subjects = changed.map((storeId) => `store:${storeId}`);
    await recordAudits(tx, editor, hours === null ? "exception.remove" : "exception.put", subjects);
    await recordFleetChange(tx, null);
    return true;
  });
  if (isChanged) await announceFleetChange(database);
  return { stores: storeIds.length, dates };
}
