import { and, asc, count, desc, inArray, isNotNull, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { stores } from "@/db/schema/stores";
import { isAmong, type StoreSet } from "@/db/store-set";

export interface LabelCount {
  readonly label: string;
  readonly stores: number;
}

/** The brands, groups and tags of listed stores, those of most stores first. @param within the stores that count */
export async function countLabels(
  db: Db,
  within: StoreSet,
  limit: number,
): Promise<{ readonly brands: LabelCount[]; readonly groups: LabelCount[]; readonly tags: LabelCount[] }> {
  const isListed = inArray(stores.lifecycle, ["active", "paused"]);
  const countBy = (label: typeof stores.brand | typeof stores.groupName) =>
    db
      .select({ label: sql<string>`${label}`, stores: count() })
      .from(stores)
      .where(and(isAmong(stores.storeKey, within), isListed, isNotNull(label)))
      .groupBy(label)
      .orderBy(desc(count()), asc(label))
      .limit(limit);
  const tag = sql<string>`unnest(${stores.tags})`.as("label");
  const tagged = db
    .select({ label: tag })
    .from(stores)
    .where(and(isAmong(stores.storeKey, within), isListed, sql`${stores.tags} <> '{}'`))
    .as("tagged");
  const countTags = db
    .select({ label: tagged.label, stores: count() })
    .from(tagged)
    .groupBy(tagged.label)
    .orderBy(desc(count()), asc(tagged.label))
    .limit(limit);
  const [brands, groups, tags] = await Promise.all([countBy(stores.brand), countBy(stores.groupName), countTags]);
  return { brands, groups, tags };
}
