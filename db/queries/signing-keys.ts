import { eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { signingKeys } from "@/db/schema/signing-keys";

/** The key of a name; `made` becomes the key if there is none yet, for all later callers. */
export async function getOrCreateSigningKey(db: Db, name: string, made: Uint8Array): Promise<Uint8Array> {
  await db.insert(signingKeys).values({ name, key: made }).onConflictDoNothing();
  const [row] = await db.select({ key: signingKeys.key }).from(signingKeys).where(eq(signingKeys.name, name));
  if (row === undefined) throw new Error(`There is no signing key ${name}.`);
  return row.key;
}
