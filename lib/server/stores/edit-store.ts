import type { Database } from "@/db/client";
import { applyChange } from "@/db/queries/bulk/change-stores";
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
import { readHoursEdit, readTimeZone } from "./hours-input";
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
  const { name, brand, group, address, url, lifecycle, time_zone: zone } = edit;
  const tags = edit.tags && [...new Set(edit.tags)].sort();
  const timeZone = typeof zone === "string" ? readTimeZone(zone) : zone;
  const hours = readHoursEdit(edit);
  const given = Object.entries({ name, brand, groupName: group, address, url, tags, timeZone }).filter(
    ([, value]) => value !== undefined,
  );
  // Brands and groups have calendars.
  const changesFigures = hours !== null || [timeZone, lifecycle, brand, group].some((value) => value !== undefined);
  const labels: Partial<StoreLabels & Pick<StoreRow, "tags">> = Object.fromEntries(given);
  const current = await changeAs(database, viewer, async (tx, editor) => {
    if (lifecycle !== undefined) await lockStore(tx, storeId);
    const { storeKey, lifecycle: before } = await requireManaged(tx, editor, storeId);
    if (hours !== null) await lockHours(tx, [storeKey]);
    if (!(await labelStore(tx, storeId, labels))) {
      throw new AppError("store_not_found", `There is no store ${storeId}.`);
    }
    if (hours !== null) await setHours(tx, [{ storeKey, ...hours }]);
    if (lifecycle !== undefined && lifecycle !== before) {
      await applyChange(tx, [storeKey], { addTags: [], removeTags: [], lifecycle });
      await recordAudit(tx, editor, actionOf(before, lifecycle), `store:${storeId}`);
    }
    if (changesFigures) await recordFleetChange(tx, null);
    if (given.length > 0 || hours !== null) await recordAudit(tx, editor, "store.change", `store:${storeId}`);
    return editor;
  });
  if (changesFigures) await announceFleetChange(database);
  return getStore(database, current, storeId);
}
