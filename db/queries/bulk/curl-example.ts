import type { Database } from "@/db/client";
import { as, orNull, readOneRow, readRow } from "@/db/rows";
import { stores } from "@/db/schema/stores";

const storeRow = { storeId: stores.storeId };
const sequenceRow = { last: orNull(as.bigint) };

/** The data for the two example requests that `npm start` prints. */
export interface CurlExample {
  /** Prefers a store with polls. */
  readonly storeId: string;
  /** The id of the next triggered report, unless a worker takes a number before. */
  readonly nextReportId: number;
}

/** Null when there is no store. */
export async function findCurlExample({ sql }: Database): Promise<CurlExample | null> {
  const store = await readRow(
    sql`
    select s.store_id
    from (select store_key, store_id from stores order by store_key limit 1000) s
    order by exists (select from polls p where p.store_key = s.store_key) desc, s.store_key
    limit 1`,
    storeRow,
  );
  if (store === null) return null;
  const sequence = await readOneRow(
    sql`
    select pg_sequence_last_value(pg_get_serial_sequence('reports', 'id')::regclass) as last`,
    sequenceRow,
  );
  return { storeId: store.storeId, nextReportId: (sequence.last ?? 0) + 1 };
}
