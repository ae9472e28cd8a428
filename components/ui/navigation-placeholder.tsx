"use client";

import { useEffect, useOptimistic, useState, type ReactNode } from "react";

/** Until then nothing changes: an answer that is quick must not be preceded by a flash. */
const timeoutMs = 150;

/** The one place that pages stand in, while it is on the screen. */
let announce: ((pathname: string) => void) | null = null;

/**
 * Notes that another page is on its way. To be called within the transition to it, so that the note ends with that.
 * Going back is none of it: there the old page is at hand, and where it was scrolled to must stay.
 */
export function announceNavigation(url: string, type: "push" | "replace" | "traverse"): void {
  const { pathname } = new URL(url, location.href);
  if (type !== "traverse" && pathname !== location.pathname) announce?.(pathname);
}

interface NavigationPlaceholderProps {
  /** What keeps the place of the page at a path. */
  readonly placeholderOf: (pathname: string) => ReactNode;
  /** The page. */
  readonly children: ReactNode;
}

/**
 * Shows the page, or, while the server takes its time to make the next one, the place of that. A boundary of Suspense
 * (`loading.tsx`) would do so too, but documents would then be painted late (docs/budgets.md), and a page that is not
 * there would be answered with 200.
 */
export function NavigationPlaceholder({ placeholderOf, children }: NavigationPlaceholderProps) {
  const [next, setNext] = useOptimistic<string | null>(null);
  const [awaited, setAwaited] = useState<string | null>(null);
  useEffect(() => {
    announce = setNext;
    return () => {
      announce = null;
    };
  }, [setNext]);
  useEffect(() => {
    if (next === null) return;
    const timer = setTimeout(() => {
      setAwaited(next);
    }, timeoutMs);
    return () => {
      clearTimeout(timer);
      setAwaited(null);
    };
  }, [next]);
  const isAwaited = next !== null && awaited === next;
  return (
    <>
      {/* The old page stays as it is, for the case that nothing comes of the next one. */}
      <div hidden={isAwaited}>{children}</div>
      {isAwaited && placeholderOf(next)}
    </>
  );
}
