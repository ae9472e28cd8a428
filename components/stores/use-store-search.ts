"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { storeQueries } from "@/lib/client/store-queries";
import type { StoreListItem } from "@/lib/contract/stores";

/** The pause after the last key before a search, in ms. */
const pauseMs = 150;
const longestSearch = 100;

export interface StoreSearch {
  /** As many as a list shows. While the search is pending, those of an older text. */
  readonly stores: readonly StoreListItem[];
  readonly isPending: boolean;
  readonly error: Error | null;
}

const noSearch: StoreSearch = { stores: [], isPending: false, error: null };

/** The stores whose name or id contains a text; none for an empty text. */
export function useStoreSearch(text: string): StoreSearch {
  const [asked, setAsked] = useState("");
  const wanted = text.trim().slice(0, longestSearch);
  useEffect(() => {
    const timer = setTimeout(() => {
      setAsked(wanted);
    }, pauseMs);
    return () => {
      clearTimeout(timer);
    };
  }, [wanted]);
  const { data, status, isPlaceholderData, error } = useQuery({
    ...storeQueries.search(asked),
    enabled: asked !== "",
  });
  if (wanted === "") return noSearch;
  const isPending = asked !== wanted || isPlaceholderData || status === "pending";
  return {
    stores: asked === "" ? [] : (data?.stores ?? []),
    isPending,
    error: isPending ? null : error,
  };
}
