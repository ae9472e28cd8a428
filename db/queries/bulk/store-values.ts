import { advisoryLocks, lockForTransaction } from "@/db/advisory-locks";
import type { Db } from "@/db/client";
import { storeDetails } from "./store-details-merge";

/** The columns of `stores` that a file of stores can change. */
export const recordedDetails = [...storeDetails, "lifecycle_since"] as const;

/** The kinds of files that give stores values, which replace earlier ones. */
export type StoreFileKind = "timezones" | "hours" | "stores" | "exceptions";

const hoursRows = `coalesce(jsonb_agg(jsonb_build_array(day, start_second, end_second)
  order by day, start_second, end_second), '[]')`;
const earlierRows = `coalesce(jsonb_agg(jsonb_build_array(valid_before, encode(hours, 'hex')) order by valid_before), '[]')`;
const exceptionRows = "jsonb_agg(jsonb_build_array(start_second, end_second) order by start_second, end_second)";

/**
 * A query for the values that a kind of file can change: `store_key`, `field`, `value`, without the fields that have
 * none.
 * @param keys a query for the keys of the stores
 */
export function storeValues(kind: StoreFileKind, keys: string): string {
  switch (kind) {
    case "hours":
      return `
        select k.store_key, 'hours' as field, jsonb_build_object('weekly', w.rows, 'earlier', e.rows) as value
        from (${keys}) k
        cross join lateral (select ${hoursRows} as rows from business_hours where store_key = k.store_key) w
        cross join lateral (select ${earlierRows} as rows from earlier_hours where store_key = k.store_key) e
        where w.rows <> '[]' or e.rows <> '[]'`;
    case "exceptions":
      return `
        select store_key, local_date::text as field, ${exceptionRows} as value
        from schedule_exceptions where store_key in (${keys}) group by store_key, local_date`;
    case "timezones":
      return `
        select store_key, 'time_zone' as field, to_jsonb(time_zone) as value
        from stores where store_key in (${keys}) and time_zone is not null`;
    case "stores": {
      const fields = recordedDetails.map((column) => `('${column}', to_jsonb(${column}))`).join(", ");
      return `
        select store_key, detail.field, detail.value
        from stores cross join lateral (values ${fields}) as detail (field, value)
        where store_key in (${keys}) and detail.value is not null`;
    }
  }
}

/**
 * Locks the values of stores until the transaction ends: their changes are serialized.
 * @param keys a query for the keys of the stores
 */
export async function lockStoreValues(db: Db, kind: StoreFileKind, keys: string): Promise<void> {
  if (kind === "hours" || kind === "exceptions") await lockForTransaction(db, advisoryLocks[kind]);
  await db.sql.unsafe(`select from stores where store_key in (${keys}) order by store_key for no key update`);
}
