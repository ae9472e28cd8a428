import type { SqlOrTx } from "./client";

/**
 * The second wall: whose statements run behind it see and change only their stores' rows, whatever the statements say,
 * because the server's row security decides (the policies are in db/migrations).
 */
export interface RlsScope {
  /** Keys of the stores whose rows are there. */
  readonly stores: readonly number[];
  /** Those of them whose rows may be changed. */
  readonly managed: readonly number[];
  readonly principal: string;
  readonly account: string;
}

/** A role that can do nothing but what it is granted here; nobody signs in as it. */
export const rlsRole = "store_monitoring_viewer";

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
export async function applyRowSecurity(tx: SqlOrTx, { stores, managed, principal, account }: RlsScope): Promise<void> {
  await tx.unsafe(
    `set local role ${rlsRole}; set local app.stores = '${list(stores)}'; set local app.managed = '${list(managed)}';
     set local app.principal = '${named(principal)}'; set local app.account = '${named(account)}'`,
  );
}

/** Whether the wall stands: the role is there, is ours to take, and has its privileges. */
export async function isRlsRoleReady(sql: SqlOrTx): Promise<boolean> {
  const [row] = await sql<{ up: boolean }[]>`
    select exists (select from pg_roles where rolname = ${rlsRole} and not rolsuper and not rolbypassrls) as up`;
  if (row?.up !== true) return false;
  const tables = Object.keys(privileges);
  const granted = tables.map((table) => (privileges[table] ?? []).join(","));
  const [has] = await sql<{ up: boolean }[]>`
    select pg_has_role(${rlsRole}, 'member') and bool_and(has_table_privilege(${rlsRole}, t.name, p.privilege)) as up
    from unnest(${tables}::text[], ${granted}::text[]) as t (name, privileges)
    cross join lateral unnest(string_to_array(t.privileges, ',')) as p (privilege)`;
  return has?.up === true;
}

/**
 * Puts the wall up where it does not stand; called under the lock of the migrations. Roles are the server's, not the
 * database's: a restored dump brings none. Where we may not make one, nothing happens: who needs it asks `isRlsRoleReady`.
 */
export async function ensureRlsRole(sql: SqlOrTx): Promise<void> {
  if (await isRlsRoleReady(sql)) return;
  const grants = Object.entries(privileges)
    .map(([table, may]) => `grant ${may.join(", ")} on ${table} to ${rlsRole};`)
    .join("\n");
  await sql.unsafe(`
    do $$ begin
      if not exists (select from pg_roles where rolname = '${rlsRole}') then
        create role ${rlsRole} nologin nobypassrls;
      end if;
    exception when insufficient_privilege or duplicate_object or unique_violation then null;
    end $$;
    do $$ begin
      if not pg_has_role('${rlsRole}', 'member') then execute 'grant ${rlsRole} to current_user'; end if;
      execute format('grant usage on schema %I to ${rlsRole}', current_schema());
      ${grants}
    exception when insufficient_privilege or undefined_object then null;
    end $$;`);
}
