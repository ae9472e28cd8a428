import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "@/db/client";
import { migrate } from "@/db/migrate";
import { knownMigrations } from "@/db/queries/bulk/schema-version";
import { rebuildSchema } from "@/db/rebuild-schema";
import { databaseUrl } from "@/db/testing/database-url";
import { until } from "@/db/testing/holders";
import { testDb } from "@/db/testing/test-db";
import { withTransaction } from "@/db/transaction";
import { jsonOf, send } from "./harness/client";
import { recordFigure, secondsSince } from "./harness/figures";
import { type Replica, Replicas } from "./harness/replicas";

const server = testDb();
const replicas = new Replicas();
const name = "to_be_migrated";
/** The guarantee is 5 s; a busy machine may take longer. */
const exitMs = 5_000 * 5;

let url: string;
let database: Database;

beforeEach(async () => {
  url = databaseUrl(server().url, name);
  await server().sql`create database ${server().sql(name)}`;
  database = openDatabase(url, { max: 3, applicationName: "test", statementTimeoutMs: 0 });
});
afterEach(async () => {
  await replicas.killAll();
  await database.close();
  await server().sql`drop database ${server().sql(name)} with (force)`;
});
afterAll(() => replicas.killAll());

const applied = async () => {
  const rows = await database.sql<{ hash: string }[]>`select hash from drizzle.__drizzle_migrations`;
  return rows.map(({ hash }) => hash);
};
const tables = async () => {
  const rows = await database.sql<{ name: string }[]>`
    select tablename as name from pg_tables where schemaname = 'public' order by 1`;
  return rows.map(({ name: table }) => table);
};

/** Creates the schema of the first version, and lets a migration to the newest run half way, where it waits. */
async function half(begin: () => Replica): Promise<{ readonly replica: Replica; readonly letGo: () => Promise<void> }> {
  await withTransaction(database, (tx) => rebuildSchema(tx, 1));
  const holder = await database.sql.reserve();
  await holder`begin`;
  await holder`lock table stores in share mode`;
  const replica = begin();
  await until(async () => {
    const waiting = await database.sql`
      select from pg_stat_activity
      where datname = ${name} and application_name = 'store-monitoring migrate' and wait_event_type = 'Lock'`;
    return waiting.length === 1;
  });
  const letGo = async (): Promise<void> => {
    await holder`rollback`;
    holder.release();
  };
  return { replica, letGo };
}

async function expectMigratesFully(): Promise<void> {
  const next = replicas.migration({ databaseUrl: url });
  expect(await next.exit, next.said()).toEqual({ code: 0, signal: null });
  expect(new Set(await applied()).size).toBe(knownMigrations);
  expect((await applied()).length).toBe(knownMigrations);
}

it("F6: any number of processes migrate an empty database at once, one dies during it, and all others succeed", async () => {
  const dying = replicas.migration({ databaseUrl: url, env: { FAULT_POINTS: "migration.locked:kill" } });
  const others = Array.from({ length: 5 }, () => replicas.migration({ databaseUrl: url }));
  expect(await dying.exit).toEqual({ code: null, signal: "SIGKILL" });
  for (const other of others) expect(await other.exit, other.said()).toEqual({ code: 0, signal: null });
  expect(new Set(await applied()).size).toBe(knownMigrations);
  expect(await applied()).toHaveLength(knownMigrations);
  recordFigure("F6", `6 processes at once, one killed: ${knownMigrations} migrations, each applied once`);
});

it("F6: a process that is killed during the migrations leaves none of them", async () => {
  const { replica: dying, letGo } = await half(() => replicas.migration({ databaseUrl: url }));
  const before = await tables();
  await dying.kill();
  await letGo();
  expect([await applied(), await tables()]).toEqual([[expect.any(String)], before]);
  const startedMs = performance.now();
  await expectMigratesFully();
  expect((await tables()).length).toBeGreaterThan(before.length);
  recordFigure(
    "F6",
    `killed within the ${knownMigrations - 1} of an update: none kept; all of them ${secondsSince(startedMs)} s later`,
  );
});

it("F10: npm start that is stopped during the migrations ends, and leaves none of them", async () => {
  const { replica: starting, letGo } = await half(() => replicas.command("scripts/start.ts", { databaseUrl: url }));
  const before = await tables();
  const startedMs = performance.now();
  starting.signal("SIGTERM");
  await until(() => !starting.isRunning(), exitMs);
  const took = secondsSince(startedMs);
  expect(await starting.exit).toEqual({ code: 0, signal: null });
  await letGo();
  expect([await applied(), await tables()]).toEqual([[expect.any(String)], before]);
  await expectMigratesFully();
  recordFigure("F10", `npm start told to end within a migration ended ${took} s later; nothing half done`);
});

describe("F6: while old and new versions run side by side", () => {
  const polls = (minute: number) => ({
    polls: [{ store_id: "a", at: new Date(Date.UTC(2023, 0, 25, 0, minute)).toISOString(), status: "active" }],
  });

  it("a server that is newer than the schema is not ready before the migration", async () => {
    await withTransaction(database, (tx) => rebuildSchema(tx, knownMigrations - 1));
    const web = await replicas.web({ databaseUrl: url });
    const early = await send(`${web.origin}/api/readyz`);
    expect([early.status, early.text]).toEqual([503, expect.stringContaining("older than this program")]);
    await migrate(url);
    expect((await send(`${web.origin}/api/readyz`)).status).toBe(200);
    expect((await send(`${web.origin}/api/v1/polls`, { body: polls(1) })).status).toBe(200);
  });

  it("a server that is older than the schema keeps running, and reverts nothing of it", async () => {
    await migrate(url);
    const [web, worker] = await Promise.all([
      replicas.web({ databaseUrl: url }),
      replicas.worker({ databaseUrl: url }),
    ]);
    // The schema of the next version: one more column and table.
    await database.sql`alter table stores add column next_version text not null default ''`;
    await database.sql`create table of_next_version (id int)`;
    await database.sql`
      insert into drizzle.__drizzle_migrations (hash, created_at) values ('next', ${Date.UTC(2100, 0, 1)})`;
    expect((await send(`${web.origin}/api/readyz`)).status).toBe(200);
    expect((await send(`${web.origin}/api/v1/polls`, { body: polls(1) })).status).toBe(200);
    const triggered = await send(`${web.origin}/api/v1/reports`, { body: { scope: "fleet" } });
    const { id } = jsonOf(triggered) as { id: number };
    await until(async () => (await send(`${web.origin}/api/v1/reports/${id}.csv`)).status === 200);
    const old = replicas.migration({ databaseUrl: url });
    expect(await old.exit, old.said()).toEqual({ code: 0, signal: null });
    expect(await applied()).toHaveLength(knownMigrations + 1);
    expect(await tables()).toContain("of_next_version");
    expect([web.isRunning(), worker.isRunning()]).toEqual([true, true]);
  });
});
