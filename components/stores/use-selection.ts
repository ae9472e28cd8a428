"use client";

import { useState } from "react";

export interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly toggle: (storeId: string) => void;
  /** Selects all of them, or, where all are selected, none of them. */
  readonly toggleAll: (storeIds: readonly string[]) => void;
  readonly clear: () => void;
}

/** Stores that the reader has chosen, kept over pages, filters and orders of the list. */
export function useSelection(): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  return {
    ids,
    toggle: (storeId) => {
      setIds((before) => {
        const after = new Set(before);
        if (!after.delete(storeId)) after.add(storeId);
        return after;
      });
    },
    toggleAll: (storeIds) => {
      setIds((before) =>
        storeIds.every((id) => before.has(id))
          ? new Set([...before].filter((id) => !storeIds.includes(id)))
          : new Set([...before, ...storeIds]),
      );
    },
    clear: () => {
      setIds(new Set());
    },
  };
}
