import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { Database } from "@/db/client";
import { type BundledDatabase, acquireBundledDatabase } from "@/db/bundled";
import { makeDataDir, removeDataDir } from "@/db/testing/holders";
import { closeDatabase, getDatabase } from "./database";
import { parseEnv } from "./env";
import { openWorkerDatabase } from "./jobs/worker-database";

let dataDir: string;
let bundled: BundledDatabase;

beforeAll(async () => {
  dataDir = makeDataDir();
  bundled = await acquireBundledDatabase({ dataDir, role: "cli", pgBin: process.env.PG_BIN });
  vi.stubEnv("DATABASE_URL", bundled.url);
});
afterAll(async () => {
  await closeDatabase();
  await bundled.release();
  await removeDataDir(dataDir);
});

/** A session's settings as the server reports them. */
async function settingsOf({ sql }: Database, names: readonly string[]): Promise<Record<string, string>> {
  const rows = await sql<{ name: string; value: string }[]>`
    select name, current_setting(name) as value from unnest(${[...names]}::text[]) as name`;
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
}

async function expectSettings(database: Database, expected: Readonly<Record<string, string>>): Promise<void> {
  expect(await settingsOf(database, Object.keys(expected))).toEqual(expected);
}

it("runs the bundled server so that commits are durable, and for this machine only", async () => {
  await expectSettings(getDatabase(), {
    fsync: "on",
    full_page_writes: "on",
    synchronous_commit: "on",
    data_checksums: "on",
    max_wal_size: "2GB",
    shared_buffers: "256MB",
    max_connections: "60",
    listen_addresses: "127.0.0.1",
    unix_socket_permissions: "0700",
    password_encryption: "scram-sha-256",
    log_timezone: "UTC",
  });
  const rules = await getDatabase().sql`select from pg_hba_file_rules where auth_method <> 'scram-sha-256'`;
  expect(rules).toHaveLength(0);
});

const ofEverySession = {
  TimeZone: "UTC",
  lock_timeout: "5s",
  idle_in_transaction_session_timeout: "1min",
  client_connection_check_interval: "2s",
  tcp_keepalives_idle: "30",
  tcp_keepalives_interval: "10",
  tcp_keepalives_count: "3",
};

it("ends what takes too long: a statement of the web server after 30 s, of a worker after 15 minutes", async () => {
  await expectSettings(getDatabase(), { ...ofEverySession, statement_timeout: "30s" });
  const worker = openWorkerDatabase(bundled.url, 2);
  await expectSettings(worker, { ...ofEverySession, statement_timeout: "15min" });
  expect(worker.sql.options.max).toBe(10);
  await worker.close();
});

it("creates pools that wait 5 s for a connection and keep none for more than half an hour", () => {
  const { max, connect_timeout, max_lifetime, keep_alive } = getDatabase().sql.options;
  expect({ max, connect_timeout, max_lifetime, keep_alive }).toEqual({
    max: 10,
    connect_timeout: 5,
    max_lifetime: 1_800,
    keep_alive: 30,
  });
});

it("has leases many times longer than a worker's longest silence, and looks for lost work well within them", () => {
  const { LEASE_SECONDS, HEARTBEAT_SECONDS, SWEEP_SECONDS } = parseEnv({});
  expect([LEASE_SECONDS, HEARTBEAT_SECONDS, SWEEP_SECONDS]).toEqual([30, 1, 5]);
});
