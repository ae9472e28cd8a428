import type { Database } from "@/db/client";
import { labelStore, type StoreLabels } from "@/db/queries/stores";
import type { EditStore } from "@/lib/contract/store-edit";
import type { StoreDetail } from "@/lib/contract/stores";
import { changeAs } from "@/lib/server/access/as-viewer";
import { recordAudit } from "@/lib/server/access/record-audit";
import type { Viewer } from "@/lib/server/access/viewer";
import { AppError } from "@/lib/server/errors";
import { getStore } from "./get-store";
import { requireManaged } from "./require-store";

/** Changes what people say of a store; figures do not depend on it. @throws AppError store_not_found */
export async function editStore(
  database: Database,
  viewer: Viewer,
  storeId: string,
  edit: EditStore,
): Promise<StoreDetail> {
  const { name, brand, group, address, url } = edit;
  const given = Object.entries({ name, brand, groupName: group, address, url }).filter(
    ([, value]) => value !== undefined,
  );
  const labels: Partial<StoreLabels> = Object.fromEntries(given);
  const current = await changeAs(database, viewer, async (tx, editor) => {
    await requireManaged(tx, editor, storeId);
    if (!(await labelStore(tx.db, storeId, labels))) {
      throw new AppError("store_not_found", `There is no store ${storeId}.`);
    }
    if (given.length > 0) await recordAudit(tx.sql, editor, "store.change", `store:${storeId}`);
    return editor;
  });
  return getStore(database, current, storeId);
}
