import { expect, it } from "vitest";
import { testDb } from "@/db/testing/test-db";
import { openDatabase } from "./client";

const database = testDb();

it("gives every session the limits that keep one from blocking the others", async () => {
  const pool = openDatabase(database().url, { max: 1, applicationName: "limits", statementTimeoutMs: 30_000 });
  const names = ["statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout", "TimeZone"];
  const network = ["client_connection_check_interval", "tcp_keepalives_idle"];
  const intervals = ["tcp_keepalives_interval", "tcp_keepalives_count", "synchronous_commit"];
  const rows = await pool.sql<{ name: string; value: string }[]>`
    select name, current_setting(name) as value from unnest(${[...names, ...network, ...intervals]}::text[]) as name`;
  await pool.close();
  expect(Object.fromEntries(rows.map(({ name, value }) => [name, value]))).toMatchObject({
    statement_timeout: "30s",
    lock_timeout: "5s",
    idle_in_transaction_session_timeout: "1min",
    TimeZone: "UTC",
    client_connection_check_interval: "2s",
    tcp_keepalives_idle: "30",
    tcp_keepalives_interval: "10",
    tcp_keepalives_count: "3",
  });
});

it("cancels a statement that exceeds its timeout, and continues with the same session", async () => {
  const pool = openDatabase(database().url, { max: 1, applicationName: "limits", statementTimeoutMs: 50 });
  const [before] = await pool.sql`select pg_backend_pid() as pid`;
  await expect(pool.sql`select pg_sleep(10)`).rejects.toMatchObject({ code: "57014" });
  expect(await pool.sql`select pg_backend_pid() as pid`).toEqual([before]);
  await pool.close();
});
