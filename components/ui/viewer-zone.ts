"use client";

import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/** The reader's own time zone, an IANA id; null until the page has woken up, because the server does not know it. */
export function useViewerZone(): string | null {
  return useSyncExternalStore(
    never,
    () => new Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => null,
  );
}
