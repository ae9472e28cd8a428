import type { SqlOrTx } from "./client";

/**
 * The second wall: whose statements run behind it see and change only their stores' rows, whatever the statements say,
 * because the server's row security decides (the policies are in db/migrations).
 */
export interface Wall {
  /** Keys of the stores whose rows are there. */
  readonly stores: readonly number[];
  /** Those of them whose rows may be changed. */
  readonly managed: readonly number[];
  readonly principal: string;
  readonly account: string;
}

/** A role that can do nothing but what it is granted here; nobody signs in as it. */
export const walledRole = "store_monitoring_viewer";

/** All that the role may do to tables; rows are the policies' affair. A new table is out of its reach until it is here. */
const privileges: Readonly<Record<string, readonly string[]>> = {
  stores: ["select", "update"],
  business_hours: ["select", "insert", "delete"],
  schedule_exceptions: ["select", "insert", "update", "delete"],
  polls: ["select", "insert", "update", "delete"],
  poll_conflicts: ["select", "insert", "delete"],
  poll_removals: ["select", "insert", "update"],
  removed_polls: ["select", "insert", "delete"],
  fleet_state: ["select", "update"],
  fleet_rows: ["select"],
  reports: ["select", "insert", "update"],
  report_rows: ["select"],
  idempotency_keys: ["select", "insert", "update"],
  audit_entries: ["insert"],
};

const list = (keys: readonly number[]): string => keys.map((key) => key.toFixed(0)).join(",");

/** @throws {Error} for what could end a literal: it is a mistake of ours */
function named(text: string): string {
  if (!/^[a-z]+(:[a-z0-9]+)?$/.test(text)) throw new Error("Not a principal.");
  return text;
}

/**
 * Statements that put the transaction which is open behind the wall, until it ends. `set local` rather than a function:
 * a cluster passes those on to its workers (`citus.propagate_set_commands = local`).
 */
export async function standBehind(tx: SqlOrTx, { stores, managed, principal, account }: Wall): Promise<void> {
  await tx.unsafe(
    `set local role ${walledRole}; set local app.stores = '${list(stores)}'; set local app.managed = '${list(managed)}';
     set local app.principal = '${named(principal)}'; set local app.account = '${named(account)}'`,
  );
}

/** Whether the wall stands: the role is there, is ours to take, and has its privileges. */
export async function isWallUp(sql: SqlOrTx): Promise<boolean> {
  const [row] = await sql<{ up: boolean }[]>`
    select exists (select from pg_roles where rolname = ${walledRole} and not rolsuper and not rolbypassrls) as up`;
  if (row?.up !== true) return false;
  const tables = Object.keys(privileges);
  const granted = tables.map((table) => (privileges[table] ?? []).join(","));
  const [has] = await sql<{ up: boolean }[]>`
    select pg_has_role(${walledRole}, 'member') and bool_and(has_table_privilege(${walledRole}, t.name, p.privilege)) as up
    from unnest(${tables}::text[], ${granted}::text[]) as t (name, privileges)
    cross join lateral unnest(string_to_array(t.privileges, ',')) as p (privilege)`;
  return has?.up === true;
}

/**
 * Puts the wall up where it does not stand; called under the lock of the migrations. Roles are the server's, not the
 * database's: a restored dump brings none. Where we may not make one, nothing happens: who needs it asks `isWallUp`.
 */
export async function putUpWall(sql: SqlOrTx): Promise<void> {
  if (await isWallUp(sql)) return;
  const grants = Object.entries(privileges)
    .map(([table, may]) => `grant ${may.join(", ")} on ${table} to ${walledRole};`)
    .join("\n");
  await sql.unsafe(`
    do $$ begin
      if not exists (select from pg_roles where rolname = '${walledRole}') then
        create role ${walledRole} nologin nobypassrls;
      end if;
    exception when insufficient_privilege or duplicate_object or unique_violation then null;
    end $$;
    do $$ begin
      if not pg_has_role('${walledRole}', 'member') then execute 'grant ${walledRole} to current_user'; end if;
      execute format('grant usage on schema %I to ${walledRole}', current_schema());
      ${grants}
    exception when insufficient_privilege or undefined_object then null;
    end $$;`);
}
