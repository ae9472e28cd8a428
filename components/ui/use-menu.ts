"use client";

import { useEffect, type RefObject } from "react";

/**
 * Closes a list that drops below its summary with Escape, which gives the focus back to the summary, and when the focus
 * leaves it. @param key changes when the element is another one
 */
export function useMenu(menu: RefObject<HTMLDetailsElement | null>, key = ""): void {
  useEffect(() => {
    const element = menu.current;
    if (element === null) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || !element.open) return;
      element.open = false;
      element.querySelector("summary")?.focus();
    };
    const onLeave = ({ relatedTarget }: FocusEvent) => {
      if (relatedTarget instanceof Node && !element.contains(relatedTarget)) element.open = false;
    };
    element.addEventListener("keydown", onKey);
    element.addEventListener("focusout", onLeave);
    return () => {
      element.removeEventListener("keydown", onKey);
      element.removeEventListener("focusout", onLeave);
    };
  }, [menu, key]);
}
