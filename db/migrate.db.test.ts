import { randomBytes } from "node:crypto";
import { inject, expect, it, onTestFinished } from "vitest";
import { openDatabase } from "./client";
import { migrate } from "./migrate";
import { databaseUrl } from "./testing/database-url";

it("applies each migration once, however many processes start at once, and then nothing", async () => {
  const serverUrl = inject("testServerUrl");
  const name = `migrate_${randomBytes(8).toString("hex")}`;
  const url = databaseUrl(serverUrl, name);
  const server = openDatabase(serverUrl, { max: 1, applicationName: "test", statementTimeoutMs: 0 });
  onTestFinished(async () => {
    await server.sql`drop database if exists ${server.sql(name)} with (force)`;
    await server.close();
  });
  await server.sql`create database ${server.sql(name)}`;

  await Promise.all(Array.from({ length: 8 }, () => migrate(url)));
  const applied = async () => {
    const database = openDatabase(url, { max: 1, applicationName: "test", statementTimeoutMs: 0 });
    const rows = await database.sql<{ hash: string }[]>`select hash from drizzle.__drizzle_migrations`;
    await database.close();
    return rows.map(({ hash }) => hash);
  };
  const once = await applied();
  expect(once.length).toBeGreaterThan(0);
  expect(new Set(once).size).toBe(once.length);
  await migrate(url);
  expect(await applied()).toEqual(once);
});
