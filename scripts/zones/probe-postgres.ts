import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { openDatabase, type Db } from "@/db/client";
import { acquireBundledDatabase } from "@/db/bundled";
import type { Question, Probed } from "./probe";

const debianFolder = "/usr/lib/postgresql";

function debianBin(): string | null {
  if (!existsSync(debianFolder)) return null;
  const [newest] = readdirSync(debianFolder).sort((a, b) => Number(b) - Number(a));
  return newest === undefined ? null : join(debianFolder, newest, "bin");
}

/** The PostgreSQL that is bundled with the product, or Debian's; null when this machine has none. */
export async function probePostgres(
  { names, instants, folder }: Question,
  which: "debian" | undefined,
): Promise<Probed | null> {
  const pgBin = which === undefined ? undefined : debianBin();
  if (pgBin === null) return null;
  const bundled = await acquireBundledDatabase({ dataDir: join(folder, "data"), pgBin, role: "cli" });
  const database = openDatabase(bundled.url, { max: 1, applicationName: "zones", statementTimeoutMs: 0 });
  try {
    const [about] = await database.sql<{ version: string }[]>`select current_setting('server_version') as version`;
    const known = await database.sql<{ name: string }[]>`select name from pg_timezone_names`;
    const knownNames = new Set(known.map(({ name }) => name));
    const offsets: Record<string, readonly number[] | null> = {};
    for (const name of names) offsets[name] = knownNames.has(name) ? await offsetsOf(database, name, instants) : null;
    return { version: about?.version ?? "", release: null, offsets };
  } finally {
    await database.close();
    await bundled.release();
  }
}

async function offsetsOf({ sql }: Db, name: string, instants: readonly number[]): Promise<readonly number[]> {
  const rows = await sql<{ minutes: number }[]>`
    select trunc(extract(epoch from (at at time zone ${name}) - (at at time zone 'UTC')) / 60)::int as minutes
    from unnest(${instants.map((at) => new Date(at).toISOString())}::timestamptz[]) with ordinality as asked (at, place)
    order by place`;
  return rows.map(({ minutes }) => minutes);
}
