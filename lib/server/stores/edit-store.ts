import type { Database } from "@/db/client";
import { hoursFromOf } from "@/db/queries/bulk/earlier-hours";
import { announceFleetChange, recordFleetChange } from "@/db/queries/bulk/fleet-state";
import { labelStore, type StoreLabels } from "@/db/queries/stores";
import { lockHours } from "@/db/queries/weekly-hours";
import type { EditStore } from "@/lib/contract/store-edit";
import type { StoreDetail } from "@/lib/contract/stores";
import { changeAs } from "@/lib/server/access/as-viewer";
import { recordAudit } from "@/lib/server/access/record-audit";
import type { Viewer } from "@/lib/server/access/viewer";
import { AppError } from "@/lib/server/errors";
import { getStore } from "./get-store";
import { readTimeZone, readWeeklyHours } from "./hours-input";
import { setHours } from "./set-hours";
import { requireManaged } from "./require-store";

/**
 * Edits a store. Another time zone also changes its past figures; other weekly hours change those from the day on from
 * which they apply. @throws AppError store_not_found, invalid_zone, invalid_hours, invalid_valid_from
 */
export async function editStore(
  database: Database,
  viewer: Viewer,
  storeId: string,
  edit: EditStore,
): Promise<StoreDetail> {
  const { name, brand, group, address, url, time_zone: zone, business_hours: hours } = edit;
  const timeZone = typeof zone === "string" ? readTimeZone(zone) : zone;
  const weekly = hours === undefined ? undefined : readWeeklyHours(hours ?? []);
  const from = hoursFromOf(edit.valid_from);
  if (from !== null && weekly === undefined) {
    const reason = "valid_from is the first day of business_hours: give both.";
    const faults = [{ pointer: "/valid_from", code: "invalid_valid_from", reason }];
    throw new AppError("invalid_valid_from", reason, { faults });
  }
  const given = Object.entries({ name, brand, groupName: group, address, url, timeZone }).filter(
    ([, value]) => value !== undefined,
  );
  const changesFigures = timeZone !== undefined || weekly !== undefined;
  const labels: Partial<StoreLabels> = Object.fromEntries(given);
  const current = await changeAs(database, viewer, async (tx, editor) => {
    const { storeKey } = await requireManaged(tx, editor, storeId);
    if (weekly !== undefined) await lockHours(tx, [storeKey]);
    if (!(await labelStore(tx, storeId, labels))) {
      throw new AppError("store_not_found", `There is no store ${storeId}.`);
    }
    if (weekly !== undefined) await setHours(tx, [{ storeKey, weekly, from }]);
    if (changesFigures) await recordFleetChange(tx, null);
    if (given.length > 0 || weekly !== undefined) await recordAudit(tx, editor, "store.change", `store:${storeId}`);
    return editor;
  });
  if (changesFigures) await announceFleetChange(database);
  return getStore(database, current, storeId);
}
