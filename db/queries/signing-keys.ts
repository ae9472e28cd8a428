import { eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { signingKeys } from "@/db/schema/signing-keys";

/** The key under a name; `made` becomes it where there is none yet, for everybody who asks from then on. */
export async function getOrCreateSigningKey(db: Db, name: string, made: Uint8Array): Promise<Uint8Array> {
  await db.insert(signingKeys).values({ name, key: made }).onConflictDoNothing();
  const [row] = await db.select({ key: signingKeys.key }).from(signingKeys).where(eq(signingKeys.name, name));
  if (row === undefined) throw new Error(`There is no signing key ${name}.`);
  return row.key;
}
