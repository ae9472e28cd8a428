"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import type { MouseEvent, MouseEventHandler } from "react";

/**
 * What a plain link within the app does when it is clicked: it changes the page without loading a document. For lists,
 * where the component of the framework would take the server longer than all else in a row.
 * @param options.scroll false: the page stays where it is scrolled to
 */
export function useFollowLink({ scroll = true } = {}): MouseEventHandler<HTMLAnchorElement> {
  const router = useRouter();
  return (event: MouseEvent<HTMLAnchorElement>) => {
    const { altKey, ctrlKey, metaKey, shiftKey, currentTarget } = event;
    // The browser opens it in another tab or window, or saves it.
    if (event.defaultPrevented || altKey || ctrlKey || metaKey || shiftKey) return;
    event.preventDefault();
    router.push(`${currentTarget.pathname}${currentTarget.search}` as Route, { scroll });
  };
}
