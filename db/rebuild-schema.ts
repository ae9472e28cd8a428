import { join } from "node:path";
import { readMigrationFiles } from "drizzle-orm/migrator";
import type { Db } from "./client";
import { as, orNull, readOneRow } from "./rows";

const migrations = readMigrationFiles({ migrationsFolder: join(process.cwd(), "db", "migrations") });

/** Hashes of the migrations in this program, in order. */
export function knownMigrationHashes(): string[] {
  return migrations.map(({ hash }) => hash);
}

/** As drizzle-kit's own migrator creates it, so that either can continue after the other. */
const journal = `create schema if not exists drizzle;
  create table if not exists drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)`;

const thereRow = { there: as.boolean };
const lastRow = { last: orNull(as.bigint) };

/** Applies those of the first `count` migrations that are newer than the applied ones, in the open transaction. */
export async function applyMigrations({ sql }: Db, count: number = migrations.length): Promise<void> {
  const { there } = await readOneRow(
    sql`select to_regclass('drizzle.__drizzle_migrations') is not null as there`,
    thereRow,
  );
  if (!there) await sql.unsafe(journal);
  const { last } = await readOneRow(sql`select max(created_at) as last from drizzle.__drizzle_migrations`, lastRow);
  for (const { sql: statements, hash, folderMillis } of migrations.slice(0, count)) {
    if (last !== null && last >= folderMillis) continue;
    for (const statement of statements) await sql.unsafe(statement);
    await sql`insert into drizzle.__drizzle_migrations (hash, created_at) values (${hash}, ${folderMillis})`;
  }
}

/**
 * Drops all our objects and rebuilds the schema as of the first `count` migrations, in the open transaction, so that a
 * rollback undoes it.
 */
export async function rebuildSchema(tx: Db, count: number): Promise<void> {
  await tx.sql.unsafe("drop schema public cascade; drop schema if exists drizzle cascade; create schema public");
  // As in a new database: everyone may use the schema, and needs privileges on its objects.
  await tx.sql.unsafe("grant usage on schema public to public");
  await applyMigrations(tx, count);
}
