"use client";

import { useSyncExternalStore } from "react";

const stepMs = 30_000;

function subscribe(changed: () => void): () => void {
  const timer = setInterval(changed, stepMs);
  return () => {
    clearInterval(timer);
  };
}

function now(): number {
  return Math.floor(Date.now() / stepMs) * stepMs;
}

/**
 * The reader's clock in ms, in steps of half a minute.
 * @param renderedAt the server's clock; it counts until the page has woken up, so that both paint the same
 */
export function useNow(renderedAt: number): number {
  return useSyncExternalStore(subscribe, now, () => renderedAt);
}
