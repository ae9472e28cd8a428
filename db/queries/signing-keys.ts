import type { Db } from "@/db/client";

/** The key under a name; `made` becomes it where there is none yet, for everybody who asks from then on. */
export async function getOrCreateSigningKey({ sql }: Db, name: string, made: Uint8Array): Promise<Uint8Array> {
  await sql`insert into signing_keys (name, key) values (${name}, ${made}) on conflict (name) do nothing`;
  const [row] = await sql<{ key: Uint8Array }[]>`select key from signing_keys where name = ${name}`;
  if (row === undefined) throw new Error(`There is no signing key ${name}.`);
  return row.key;
}
