import { eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { businessHours } from "@/db/schema/business-hours";
import type { BusinessHours } from "@/lib/uptime/types";

/**
 * Replaces a store's weekly hours by `rows`; none: always open. Call with the store's row locked.
 * @param rows the row 0–0 marks a closed day
 */
export async function replaceWeeklyHours(db: Db, storeKey: number, rows: readonly BusinessHours[]): Promise<void> {
  await db.delete(businessHours).where(eq(businessHours.storeKey, storeKey));
  if (rows.length === 0) return;
  await db
    .insert(businessHours)
    .values(rows.map(({ day, startSecond, endSecond }) => ({ storeKey, day, startSecond, endSecond })))
    .onConflictDoNothing();
}
