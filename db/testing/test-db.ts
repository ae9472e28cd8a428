import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, inject } from "vitest";
import { type Database, openDatabase } from "@/db/client";
import { databaseUrl } from "./database-url";

export type TestDatabase = Database & {
  /** For child processes, as their DATABASE_URL. */
  readonly url: string;
};

/**
 * Gives the tests of a file their own migrated, empty database, dropped after the last of them.
 * @returns a function that may be called inside tests and hooks: `const database = testDb(); … database().sql`
 */
export function testDb(): () => TestDatabase {
  const name = `test_${randomBytes(8).toString("hex")}`;
  const serverUrl = inject("testServerUrl");
  const url = databaseUrl(serverUrl, name);
  let database: TestDatabase | null = null;

  beforeAll(async () => {
    await onServer(serverUrl, ({ sql }) => sql`create database ${sql(name)} template ${sql(inject("testTemplate"))}`);
    const pool = openDatabase(url, { max: 10, applicationName: "test", statementTimeoutMs: 30_000 });
    database = Object.assign(pool, { url });
  });
  afterAll(async () => {
    await database?.close();
    await onServer(serverUrl, ({ sql }) => sql`drop database if exists ${sql(name)} with (force)`);
  });
  return () => {
    if (!database) throw new Error("testDb() gives its database inside tests and hooks only.");
    return database;
  };
}

async function onServer(serverUrl: string, act: (database: Database) => PromiseLike<unknown>): Promise<void> {
  const server = openDatabase(serverUrl, { max: 1, applicationName: "test setup", statementTimeoutMs: 60_000 });
  try {
    await act(server);
  } finally {
    await server.close();
  }
}
