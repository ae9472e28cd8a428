import type { Db } from "./client";
import { as, readOneRow } from "./rows";

/**
 * What row-level security limits a transaction to. Its statements see and change only rows of these stores, whatever
 * the statements say: the server enforces it (the policies are in db/migrations). Use cases also filter by themselves.
 */
export interface RlsScope {
  /** Keys of the visible stores. */
  readonly stores: readonly number[];
  /** Those of them that may be changed. */
  readonly managed: readonly number[];
  readonly principal: string;
  readonly account: string;
}

/** A role with only the privileges listed here, which cannot sign in. */
export const rlsRole = "store_monitoring_viewer";

/** All privileges of the role; policies decide about rows. A new table is inaccessible until it is listed here. */
const privileges: Readonly<Record<string, readonly string[]>> = {
  stores: ["select", "update"],
  business_hours: ["select", "insert", "delete"],
  earlier_hours: ["select", "insert", "delete"],
  hours_warnings: ["select", "delete"],
  schedule_exceptions: ["select", "insert", "update", "delete"],
  calendars: ["select"],
  calendar_dates: ["select"],
  calendar_labels: ["select"],
  calendar_stores: ["select"],
  polls: ["select", "insert", "update", "delete"],
  poll_conflicts: ["select", "insert", "delete"],
  poll_removals: ["select", "insert", "update"],
  removed_polls: ["select", "insert", "delete"],
  merged_polls: ["select", "update"],
  fleet_state: ["select", "update"],
  fleet_rows: ["select"],
  fleet_incidents: ["select"],
  reports: ["select", "insert", "update"],
  report_rows: ["select"],
  idempotency_keys: ["select", "insert", "update"],
  audit_entries: ["insert"],
};

const list = (keys: readonly number[]): string => keys.map((key) => key.toFixed(0)).join(",");

/** @throws {Error} for text that could end a literal, which would be a bug */
function named(text: string): string {
  if (!/^[a-z]+(:[a-z0-9]+)?$/.test(text)) throw new Error("Not a principal.");
  return text;
}

/**
 * Applies row-level security to the open transaction, until it ends. Uses `set local` rather than a function, because a
 * cluster passes it on to its workers (`citus.propagate_set_commands = local`).
 */
export async function applyRowSecurity({ sql }: Db, { stores, managed, principal, account }: RlsScope): Promise<void> {
  await sql.unsafe(
    `set local role ${rlsRole}; set local app.stores = '${list(stores)}'; set local app.managed = '${list(managed)}';
     set local app.principal = '${named(principal)}'; set local app.account = '${named(account)}'`,
  );
}

const upRow = { up: as.boolean };

/** Whether row-level security can be used: the role exists, this user may set it, and it has its privileges. */
export async function isRlsRoleReady({ sql }: Db): Promise<boolean> {
  const role = sql`
    select exists (select from pg_roles where rolname = ${rlsRole} and not rolsuper and not rolbypassrls) as up`;
  if (!(await readOneRow(role, upRow)).up) return false;
  const tables = Object.keys(privileges);
  const granted = tables.map((table) => (privileges[table] ?? []).join(","));
  const privilegesOfRole = sql`
    select pg_has_role(${rlsRole}, 'member') and bool_and(has_table_privilege(${rlsRole}, t.name, p.privilege)) as up
    from unnest(${tables}::text[], ${granted}::text[]) as t (name, privileges)
    cross join lateral unnest(string_to_array(t.privileges, ',')) as p (privilege)`;
  return (await readOneRow(privilegesOfRole, upRow)).up;
}

/**
 * Creates the role and its privileges if necessary; called under the lock of the migrations. Roles belong to the
 * server, not the database, so a restored dump has none. Does nothing when we may not create one: code that needs it
 * checks `isRlsRoleReady`.
 */
export async function ensureRlsRole(db: Db): Promise<void> {
  if (await isRlsRoleReady(db)) return;
  const grants = Object.entries(privileges)
    .map(([table, may]) => `grant ${may.join(", ")} on ${table} to ${rlsRole};`)
    .join("\n");
  await db.sql.unsafe(`
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
