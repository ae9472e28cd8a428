import type { Database } from "@/db/client";
import { announceFleetChange, recordFleetChange } from "@/db/queries/bulk/fleet-state";
import { replaceHours } from "@/db/queries/bulk/replace-hours";
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
import { requireManaged } from "./require-store";

/**
 * Edits a store. Another time zone or other weekly hours also change its past figures. @throws AppError
 * store_not_found, invalid_zone, invalid_hours
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
    if (weekly !== undefined) await replaceHours(tx, [{ storeKey, weekly }]);
    if (changesFigures) await recordFleetChange(tx, null);
    if (given.length > 0 || weekly !== undefined) await recordAudit(tx, editor, "store.change", `store:${storeId}`);
    return editor;
  });
  if (changesFigures) await announceFleetChange(database);
  return getStore(database, current, storeId);
}
