import postgres from "postgres";

/**
 * One connection on which the driver sends no queries to the server, which may be too old, a pooler or not PostgreSQL at
 * all.
 */
export function openProbe(url: string): postgres.Sql {
  return postgres(url, { max: 1, connect_timeout: 5, fetch_types: false, prepare: false, onnotice: () => undefined });
}
