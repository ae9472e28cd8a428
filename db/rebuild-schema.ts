import { join } from "node:path";
import { readMigrationFiles } from "drizzle-orm/migrator";
import type { SqlOrTx } from "./client";

const migrations = readMigrationFiles({ migrationsFolder: join(import.meta.dirname, "migrations") });

/** Hashes of the migrations that this program knows, in their order. */
export function knownMigrationHashes(): string[] {
  return migrations.map(({ hash }) => hash);
}

/**
 * Drops everything of ours and makes the schema anew as the first `count` migrations leave it, in the transaction that is
 * open: if that is undone, so is this.
 */
export async function rebuildSchema(tx: SqlOrTx, count: number): Promise<void> {
  await tx.unsafe("drop schema public cascade; drop schema if exists drizzle cascade; create schema public");
  // As a new database has it: everybody may look into the schema, and needs rights on what is there.
  await tx.unsafe("grant usage on schema public to public");
  // As the migrator makes it, which goes on from here.
  await tx.unsafe(`create schema drizzle;
    create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)`);
  for (const { sql: statements, hash, folderMillis } of migrations.slice(0, count)) {
    for (const statement of statements) await tx.unsafe(statement);
    await tx`insert into drizzle.__drizzle_migrations (hash, created_at) values (${hash}, ${folderMillis})`;
  }
}
