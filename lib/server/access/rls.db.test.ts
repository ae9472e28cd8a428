import { beforeAll, describe, expect, it } from "vitest";
import { isRlsRoleReady, ensureRlsRole, type RlsScope } from "@/db/rls";
import { testDb } from "@/db/testing/test-db";
import { withTransaction } from "@/db/transaction";

const database = testDb();
const at = "2023-01-25T18:00:00Z";
const rls: RlsScope = { stores: [1, 2], managed: [1], principal: "person:7", account: "person:7" };

const behind = <T>(text: string, of: RlsScope = rls): Promise<T[]> =>
  withTransaction(database(), async ({ sql }) => [...(await sql.unsafe(text))] as T[], "read write", { rls: of });

beforeAll(async () => {
  const { sql } = database();
  await sql`create table polls_all partition of polls default`;
  await sql`insert into stores (store_id, group_name) select 's' || n, 'g' from generate_series(1, 4) as n`;
  await sql`insert into polls (store_key, at, active) select n, ${at}, true from generate_series(1, 4) as n`;
  await sql`insert into poll_conflicts select store_key, at from polls`;
  await sql`insert into business_hours select n, 0, 0, 3600 from generate_series(1, 4) as n`;
  await sql`insert into earlier_hours select n, '2023-01-01', null from generate_series(1, 4) as n`;
  await sql`insert into calendars (name, entries) select 'c' || n, '[]' from generate_series(1, 6) as n`;
  await sql`insert into calendar_dates select id, '2023-01-25', 0, 0, false, 'x' from calendars`;
  await sql`insert into calendar_stores select n, n, '2000-01-01', '2100-01-01' from generate_series(1, 4) as n`;
  await sql`insert into calendar_labels values (5, 'brand', 'nobody', '2000-01-01', '2100-01-01'),
    (6, 'group', 'g', '2000-01-01', '2100-01-01')`;
  await sql`insert into schedule_exceptions select n, '2023-01-25', 0, 0 from generate_series(1, 4) as n`;
  await sql`
    insert into poll_removals (store_key, store_id, from_at, to_at, polls, created_at)
    select store_key, store_id, ${at}, ${at}, 1, now() from stores order by store_key`;
  await sql`insert into removed_polls select id, store_key, from_at, true, false from poll_removals`;
  await sql`
    insert into reports (origin, scope, store_keys, method, as_of, state, dedupe_key, requested_by)
    select 'request', 'stores', keys, 'interpolated', ${at}, 'queued', keys::text || who, who
    from (values (array[1]), (array[1, 2]), (array[2, 3]), (array[4])) as k (keys),
      (values ('person:7'), ('person:8')) as w (who)`;
  await sql`insert into reports (origin, scope, method, as_of, state, dedupe_key, requested_by)
    values ('request', 'fleet', 'interpolated', ${at}, 'queued', 'fleet', 'person:7')`;
  await sql`
    insert into report_rows select 1, store_id, store_key, array_fill(0, array[21]) from stores`;
  await sql`
    insert into fleet_incidents select 1, store_key, ${at}, ${at}, 1, 1, false, true from stores`;
  await sql`insert into idempotency_keys (principal, key, fingerprint, status, headers, body)
    values ('person:7', 'a', '', 200, '{}', ''), ('person:8', 'a', '', 200, '{}', '')`;
  await sql`insert into audit_entries (principal, action, subject, address) values ('person:8', 'x', 'y', '')`;
});

describe("under row-level security, statements without a filter", () => {
  it.each([
    ...["stores", "polls", "poll_conflicts", "business_hours", "earlier_hours", "schedule_exceptions", "report_rows"],
    "calendar_stores",
    ...["poll_removals", "removed_polls", "fleet_incidents"],
  ])("see no other store's %s", async (table) => {
    const rows = await behind<{ store_key: number }>(`select store_key from ${table} order by 1`);
    expect(rows.map((row) => row.store_key)).toEqual([1, 2]);
    const copied = await behind<{ count: string }>(`select count(*) from ${table} where store_key = 3`);
    expect(copied[0]?.count).toBe("0");
    expect(await behind(`select 1 from ${table}`, { ...rls, stores: [], managed: [] })).toEqual([]);
  });

  it("see the calendars of their own stores only, and change none", async () => {
    const ids = await behind<{ id: number }>("select id from calendars order by id");
    expect(ids.map(({ id }) => id)).toEqual([1, 2, 6]);
    const dates = await behind<{ calendar_id: number }>("select calendar_id from calendar_dates order by 1");
    expect(dates.map((row) => row.calendar_id)).toEqual([1, 2, 6]);
    expect(await behind("select label from calendar_labels")).toEqual([{ label: "g" }]);
    expect(await behind("select 1 from calendars", { ...rls, stores: [], managed: [] })).toEqual([]);
    await expect(behind("delete from calendar_stores")).rejects.toMatchObject({ code: "42501" });
  });

  it("see their own reports of their own stores only", async () => {
    const rows = await behind<{ store_keys: number[] }>("select store_keys from reports order by id");
    expect(rows.map((row) => row.store_keys)).toEqual([[1], [1, 2]]);
  });

  it("see their own responses only", async () => {
    expect(await behind("select principal from idempotency_keys")).toEqual([{ principal: "person:7" }]);
  });

  it.each([
    "people",
    "sessions",
    "invitations",
    "api_keys",
    "audit_entries",
    "webhooks",
    "webhook_deliveries",
    "imports",
    "import_chunks",
    "import_rejects",
    "import_poll_changes",
    "import_store_changes",
    "fleet_summaries",
    "rate_limits",
  ])("read nothing of %s", async (table) => {
    await expect(behind(`select 1 from ${table}`)).rejects.toMatchObject({ code: "42501" });
  });

  it("change only what they manage", async () => {
    expect(await behind("update stores set name = 'x' returning store_key")).toEqual([{ store_key: 1 }]);
    expect(await behind("update polls set active = false returning store_key")).toEqual([{ store_key: 1 }]);
    expect(await behind("delete from earlier_hours returning store_key")).toEqual([{ store_key: 1 }]);
    expect(await behind("delete from schedule_exceptions returning store_key")).toEqual([{ store_key: 1 }]);
    for (const store of [2, 3]) {
      const insert = `insert into polls values (${String(store)}, '2023-01-25T19:00:00Z', true)`;
      await expect(behind(insert)).rejects.toMatchObject({ code: "42501" });
    }
    const addHours = (store: number) =>
      behind(`insert into earlier_hours values (${String(store)}, '2024-01-01', null) returning store_key`);
    expect(await addHours(1)).toEqual([{ store_key: 1 }]);
    for (const store of [2, 3]) await expect(addHours(store)).rejects.toMatchObject({ code: "42501" });
    await expect(behind("delete from stores")).rejects.toMatchObject({ code: "42501" });
    await expect(behind("drop table polls")).rejects.toMatchObject({ code: "42501" });
  });

  it("remove and restore polls only of what they manage", async () => {
    const undone = "update poll_removals set undone_at = now() returning store_key";
    expect(await behind(undone)).toEqual([{ store_key: 1 }]);
    for (const table of ["removed_polls", "poll_conflicts", "polls"]) {
      expect(await behind(`delete from ${table} returning store_key`)).toEqual([{ store_key: 1 }]);
    }
    for (const store of ["2", "3"]) {
      for (const insert of [
        `insert into poll_removals (store_key, store_id, from_at, to_at, polls, created_at)
          values (${store}, 's${store}', '${at}', '${at}', 1, now())`,
        `insert into removed_polls values (1, ${store}, '${at}', true, false)`,
      ]) {
        await expect(behind(insert)).rejects.toMatchObject({ code: "42501" });
      }
    }
    await expect(behind("delete from poll_removals")).rejects.toMatchObject({ code: "42501" });
  });

  it("request no report of other stores, or in another's name", async () => {
    const insert = (keys: string, who: string) =>
      behind(`insert into reports (origin, scope, store_keys, method, as_of, state, dedupe_key, requested_by)
        values ('request', 'stores', ${keys}, 'interpolated', '${at}', 'queued', 'k' || random(), '${who}') returning 1`);
    expect(await insert("array[2]", "person:7")).toHaveLength(1);
    await expect(insert("array[3]", "person:7")).rejects.toMatchObject({ code: "42501" });
    await expect(insert("array[2]", "person:8")).rejects.toMatchObject({ code: "42501" });
  });

  it("leave the connection as it was", async () => {
    await behind("select 1");
    const { sql } = database();
    expect((await sql`select count(*)::int as count from stores`)[0]).toEqual({ count: 4 });
    const [row] = await sql<{ role: string }[]>`select current_user = session_user as role`;
    expect(row?.role).toBe(true);
  });
});

describe("the audit log", () => {
  it("accepts new entries, under row-level security only in one's own name, and no change", async () => {
    const entry = (who: string) =>
      behind(`insert into audit_entries (principal, action, subject, address) values ('${who}', 'x', 'y', '')`);
    await entry("person:7");
    await expect(entry("person:8")).rejects.toMatchObject({ code: "42501" });
    const { sql } = database();
    for (const change of [
      "update audit_entries set action = 'z'",
      "delete from audit_entries",
      "truncate audit_entries",
    ]) {
      await expect(sql.unsafe(change)).rejects.toMatchObject({ code: "42501" });
    }
    expect((await sql`select count(*)::int as count from audit_entries`)[0]).toEqual({ count: 2 });
  });
});

describe("row-level security", () => {
  it("is in place after the migrations, and is restored when a privilege is missing", async () => {
    const { sql } = database();
    expect(await isRlsRoleReady(database())).toBe(true);
    await sql`revoke select on polls from store_monitoring_viewer`;
    expect(await isRlsRoleReady(database())).toBe(false);
    await ensureRlsRole(database());
    expect(await isRlsRoleReady(database())).toBe(true);
  });

  it("rejects a name that could end a literal", async () => {
    await expect(behind("select 1", { ...rls, principal: "x'; reset role; --" })).rejects.toThrow("Not a principal.");
  });
});
