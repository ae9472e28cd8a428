import type { Database } from "@/db/client";
import { applyChange } from "@/db/queries/bulk/change-stores";
import { hoursFromOf } from "@/db/queries/bulk/earlier-hours";
import { announceFleetChange, recordFleetChange } from "@/db/queries/bulk/fleet-state";
import { labelStore, lockStore, type StoreLabels, type StoreRow } from "@/db/queries/stores";
import { lockHours } from "@/db/queries/weekly-hours";
import type { EditStore } from "@/lib/contract/store-edit";
import type { StoreDetail } from "@/lib/contract/stores";
import { changeAs } from "@/lib/server/access/as-viewer";
import { recordAudit } from "@/lib/server/access/record-audit";
import type { Viewer } from "@/lib/server/access/viewer";
import { AppError } from "@/lib/server/errors";
import { actionOf } from "./change-stores";
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
  const { name, brand, group, address, url, lifecycle, time_zone: zone, business_hours: hours } = edit;
  const tags = edit.tags && [...new Set(edit.tags)].sort();
  const timeZone = typeof zone === "string" ? readTimeZone(zone) : zone;
  const weekly = hours === undefined ? undefined : readWeeklyHours(hours ?? []);
  const from = hoursFromOf(edit.valid_from);
  if (from !== null && weekly === undefined) {
    const reason = "valid_from is the first day of business_hours: give both.";
    const faults = [{ pointer: "/valid_from", code: "invalid_valid_from", reason }];
    throw new AppError("invalid_valid_from", reason, { faults });
  }
  const given = Object.entries({ name, brand, groupName: group, address, url, tags, timeZone }).filter(
    ([, value]) => value !== undefined,
  );
  // Brands and groups have calendars.
  const changesFigures = [timeZone, weekly, lifecycle, brand, group].some((value) => value !== undefined);
  const labels: Partial<StoreLabels & Pick<StoreRow, "tags">> = Object.fromEntries(given);
  const current = await changeAs(database, viewer, async (tx, editor) => {
    if (lifecycle !== undefined) await lockStore(tx, storeId);
    const { storeKey, lifecycle: before } = await requireManaged(tx, editor, storeId);
    if (weekly !== undefined) await lockHours(tx, [storeKey]);
    if (!(await labelStore(tx, storeId, labels))) {
      throw new AppError("store_not_found", `There is no store ${storeId}.`);
    }
    if (weekly !== undefined) await setHours(tx, [{ storeKey, weekly, from }]);
    if (lifecycle !== undefined && lifecycle !== before) {
      await applyChange(tx, [storeKey], { addTags: [], removeTags: [], lifecycle });
      await recordAudit(tx, editor, actionOf(before, lifecycle), `store:${storeId}`);
    }
    if (changesFigures) await recordFleetChange(tx, null);
    if (given.length > 0 || weekly !== undefined) await recordAudit(tx, editor, "store.change", `store:${storeId}`);
    return editor;
  });
  if (changesFigures) await announceFleetChange(database);
  return getStore(database, current, storeId);
}
