"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { storeQueries } from "@/lib/client/store-queries";
import type { StoreListItem } from "@/lib/contract/stores";

/** While somebody types, not every letter is a question. */
const pauseMs = 150;
const longestSearch = 100;

/** The stores whose name or id contains a text, as many as a list shows; none for an empty text. */
export function useStoreSearch(text: string): readonly StoreListItem[] {
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
  const { data } = useQuery({ ...storeQueries.search(asked), enabled: asked !== "" });
  return wanted === "" || asked === "" ? [] : (data?.stores ?? []);
}
