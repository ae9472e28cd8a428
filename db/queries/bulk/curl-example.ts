import type { Database } from "@/db/client";
import { as, orNull, readOneRow, readRows } from "@/db/rows";
import { stores } from "@/db/schema/stores";

const storeRow = { storeKey: stores.storeKey, storeId: stores.storeId };
const sequenceRow = { last: orNull(as.bigint) };

/** The data for the two example requests that `npm start` prints. */
export interface CurlExample {
  /** At least one store, at most `candidates`, those with polls first. */
  readonly stores: readonly { readonly storeKey: number; readonly storeId: string }[];
  /** The id of the next triggered report, unless a worker takes a number before. */
  readonly nextReportId: number;
}

/** With this many stores, some are open at every time of day. */
const candidates = 100;

/** Null when there is no store. */
export async function findCurlExample({ sql }: Database): Promise<CurlExample | null> {
  const found = await readRows(
    sql`
    select s.store_key, s.store_id
    from (select store_key, store_id from stores where lifecycle = 'active' order by store_key limit 1000) s
    order by exists (select from polls p where p.store_key = s.store_key) desc, s.store_key
    limit ${candidates}`,
    storeRow,
  );
  if (found.length === 0) return null;
  const sequence = await readOneRow(
    sql`
    select pg_sequence_last_value(pg_get_serial_sequence('reports', 'id')::regclass) as last`,
    sequenceRow,
  );
  return { stores: found, nextReportId: (sequence.last ?? 0) + 1 };
}
