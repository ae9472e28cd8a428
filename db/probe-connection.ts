import postgres from "postgres";

/** One connection that asks nothing of the server by itself, which may be too old, a pooler or no PostgreSQL at all. */
export function openProbe(url: string): postgres.Sql {
  return postgres(url, { max: 1, connect_timeout: 5, fetch_types: false, prepare: false, onnotice: () => undefined });
}
