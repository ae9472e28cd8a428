"use client";

import { HydrationBoundary, type DehydratedState } from "@tanstack/react-query";
import { useMemo, type ReactNode } from "react";
import { unpackJson } from "@/lib/client/pack-json";

/**
 * Hands what the server has read to the queries of the page. @param packed what `packQueries` gave: as one text it
 * reaches the browser, and the server's own rendering, without a look at each value in it
 */
export function PageData({ packed, children }: { packed: string; children: ReactNode }) {
  const state = useMemo(() => unpackJson(packed) as DehydratedState, [packed]);
  return <HydrationBoundary state={state}>{children}</HydrationBoundary>;
}
