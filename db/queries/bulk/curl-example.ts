import type { Database } from "@/db/client";
import { as, orNull, readOneRow, readRow } from "@/db/rows";
import { stores } from "@/db/schema/stores";

const storeRow = { storeId: stores.storeId };
const sequenceRow = { last: orNull(as.bigint) };

/** What the two lines need that `npm start` prints for trying the API. */
export interface CurlExample {
  /** Of a store that has polls where there is one. */
  readonly storeId: string;
  /** The report that is triggered next gets this number or, where the worker is faster, a later one. */
  readonly nextReportId: number;
}

/** Null where there is no store. */
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
