import { openDatabase, type Database } from "@/db/client";
import { hourMs } from "@/lib/uptime/units";

/** Upserts of 500 rows by plain SQL, into the table of the app's polls. */
export interface RawUpsert {
  readonly database: Database;
  readonly storeKeys: readonly number[];
  /** Instants that the app does not send. */
  readonly newest: number;
}

const batch = 500;
let sent = 0;

export async function openRawUpsert(url: string, connections: number): Promise<RawUpsert> {
  const database = openDatabase(url, { max: connections, applicationName: "bench", statementTimeoutMs: 0 });
  const rows = await database.sql<{ key: number }[]>`select store_key as key from stores order by store_key`;
  const newest = Math.floor(Date.now() / hourMs) * hourMs - hourMs - 500;
  return { database, storeKeys: rows.map(({ key }) => key), newest };
}

/** @returns rows a second over this many connections, each of which commits one batch after another */
export async function postgresRows(raw: RawUpsert, connections: number, seconds: number): Promise<number> {
  const { sql } = raw.database;
  const until = performance.now() + seconds * 1000;
  let rows = 0;
  const client = async (): Promise<void> => {
    while (performance.now() < until) {
      const keys: number[] = [];
      const at: string[] = [];
      for (let i = 0; i < batch; i++) {
        const index = sent++;
        keys.push(raw.storeKeys[index % raw.storeKeys.length] ?? 0);
        at.push(new Date(raw.newest - Math.floor(index / raw.storeKeys.length) * 1_000).toISOString());
      }
      await sql`
        insert into polls (store_key, at, active)
        select key, at::timestamptz, true from unnest(${keys}::int4[], ${at}::text[]) as t (key, at)
        on conflict (store_key, at) do update set active = polls.active and excluded.active`;
      rows += batch;
    }
  };
  await Promise.all(Array.from({ length: connections }, client));
  return rows / seconds;
}
