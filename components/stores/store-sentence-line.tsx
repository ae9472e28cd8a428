"use client";

import { DateWords } from "@/components/ui/date-words";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { storeQueries } from "@/lib/client/store-queries";
import type { Clock } from "@/lib/format/zoned-time";
import { storeSentence } from "./store-sentence";

interface StoreSentenceLineProps {
  readonly storeId: string;
  /** The store's. */
  readonly clock: Clock;
  /** The reader's clock in ms. */
  readonly now: number;
}

/** The store's last 7 days in a sentence, once they are loaded. */
export function StoreSentenceLine({ storeId, clock, now }: StoreSentenceLineProps) {
  const { data: week } = useQuery(storeQueries.uptime(storeId, "week"));
  const { data: incidents } = useInfiniteQuery(storeQueries.incidents(storeId, "week"));
  const first = incidents?.pages[0];
  if (first === undefined || week?.window !== "week" || week.as_of !== first.as_of) return null;
  const { total, as_of: asOf } = first;
  const sentence = storeSentence({
    ...{ days: week.buckets, incidents: incidents?.pages.flatMap((page) => page.incidents) ?? [] },
    ...{ total, asOf, clock, now },
  });
  return <DateWords>{sentence}</DateWords>;
}
