import { setTimeout as pause } from "node:timers/promises";
import { openDatabase } from "@/db/client";

/** Settings that a pooler itself sets on a connection, and keeps from client to client. */
const followed = ["application_name", "TimeZone", "client_encoding", "DateStyle", "standard_conforming_strings"];

/**
 * The state that a transaction left on a pooler's connections; every one of them is inspected.
 * @param connections number of the pooler's connections to the server
 */
export async function sessionLeftovers(poolerUrl: string, connections: number): Promise<string[]> {
  const pool = openDatabase(poolerUrl, { max: connections, applicationName: "look", statementTimeoutMs: 0 });
  const seen = new Set<number>();
  try {
    const look = () =>
      pool.sql.begin(async (tx) => {
        const [row] = await tx<{ pid: number; left: string[] }[]>`
          select pg_backend_pid() as pid, array(
            select 'setting ' || name || '=' || setting from pg_settings
            where source = 'session' and name <> all(${followed}::text[])
            union all select 'role ' || current_user where current_user <> session_user
            union all select 'prepared ' || name from pg_prepared_statements
            union all select 'listens ' || c from pg_listening_channels() as c
            union all select 'table ' || relname from pg_class where relpersistence = 't' and pg_table_is_visible(oid)
            union all select 'cursor ' || name from pg_cursors where name <> ''
            union all select 'lock ' || objid from pg_locks
              where locktype = 'advisory' and pid = pg_backend_pid()
          ) as left`;
        await pause(100);
        return row;
      });
    for (let round = 0; round < 10 && seen.size < connections; round++) {
      const rows = await Promise.all(Array.from({ length: connections }, look));
      for (const row of rows) {
        if (row !== undefined) seen.add(row.pid);
        if (row !== undefined && row.left.length > 0) return row.left;
      }
    }
    return [];
  } finally {
    await pool.close();
  }
}
