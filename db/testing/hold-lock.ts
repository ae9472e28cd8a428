import type { Database } from "@/db/client";

/** Takes a lock in its own transaction. @returns a function that releases it */
export async function holdLock({ sql }: Database, statement: string): Promise<() => Promise<void>> {
  const holder = await sql.reserve();
  await holder`begin`;
  await holder.unsafe(statement);
  return async () => {
    await holder`rollback`;
    holder.release();
  };
}
