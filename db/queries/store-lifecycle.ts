import { inArray, type SQL } from "drizzle-orm";
import { stores } from "@/db/schema/stores";

/** Whether a row of `stores` is a store, rather than a deleted one or an earlier id. */
export const isStore: SQL = inArray(stores.lifecycle, ["active", "paused", "retired"]);

/** The same of `stores as s`, for raw SQL. */
export const isStoreRow = "s.lifecycle in ('active', 'paused', 'retired')";

/** Whether a store of `stores as s` is listed unless one asks for retired ones. */
export const isListedRow = "s.lifecycle in ('active', 'paused')";
