import { and, asc, count, desc, isNotNull, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { stores } from "@/db/schema/stores";
import { isAmong, type StoreSet } from "@/db/store-set";

export interface LabelCount {
  readonly label: string;
  readonly stores: number;
}

/** The brands and groups of stores, those of most stores first. @param within the stores that count */
export async function countLabels(
  db: Db,
  within: StoreSet,
  limit: number,
): Promise<{ readonly brands: LabelCount[]; readonly groups: LabelCount[] }> {
  const countBy = (label: typeof stores.brand | typeof stores.groupName) =>
    db
      .select({ label: sql<string>`${label}`, stores: count() })
      .from(stores)
      .where(and(isAmong(stores.storeKey, within), isNotNull(label)))
      .groupBy(label)
      .orderBy(desc(count()), asc(label))
      .limit(limit);
  const [brands, groups] = await Promise.all([countBy(stores.brand), countBy(stores.groupName)]);
  return { brands, groups };
}
