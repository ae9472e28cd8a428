import { PgDatabase, PgDialect } from "drizzle-orm/pg-core";
import { PostgresJsSession, type PostgresJsQueryResultHKT } from "drizzle-orm/postgres-js";
import type postgres from "postgres";

/** Raw SQL on one connection, the interface of postgres.js. Only the data layer uses it. */
export type Sql = postgres.ISql;

/**
 * Where statements are sent: the pool, or one open transaction of it. It is the query builder; `sql` is raw SQL on the
 * same connection. Every query takes one.
 */
export type Db = PgDatabase<PostgresJsQueryResultHKT> & { readonly sql: Sql };

const dialect = new PgDialect();

/**
 * Statements of the builder are prepared once per connection, like those of raw SQL. One with more parameters than this
 * contains a list, and has a different text for every length: the server would keep all of them.
 */
const maxPreparedParameters = 32;

/**
 * Creates the query builder of a connection.
 * @param pool whose settings the connection has
 * @param sql the connection: the pool, a reserved connection or an open transaction
 */
export function handleOn<S extends Sql>(
  pool: postgres.Sql,
  sql: S,
): PgDatabase<PostgresJsQueryResultHKT> & { readonly sql: S } {
  const unsafe = (...[text, parameters = []]: Parameters<Sql["unsafe"]>) =>
    sql.unsafe(text, parameters, { prepare: parameters.length <= maxPreparedParameters });
  // The builder's type requires a whole pool, but it uses only this method.
  const client = new Proxy(pool, {
    get: (target, name): unknown => (name === "unsafe" ? unsafe : Reflect.get(target, name)),
  });
  const session = new PostgresJsSession(client, dialect, undefined, {});
  return Object.assign(new PgDatabase<PostgresJsQueryResultHKT>(dialect, session, undefined), { sql });
}

/** Dates, instants and JSON: the schema's columns convert their text themselves. */
const textTypes = { dates: [1082, 1083, 1114, 1184], json: [114, 3802] };

/** Turns off the driver's conversion of the types that the builder converts. Call it before the first connection. */
export function leaveTextToBuilder({ options }: postgres.Sql): void {
  const asItIs = (value: unknown): unknown => value;
  for (const oid of textTypes.dates) options.parsers[oid] = asItIs;
  for (const oid of [...textTypes.dates, ...textTypes.json]) options.serializers[oid] = asItIs;
}
