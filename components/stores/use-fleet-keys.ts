"use client";

import { useEffect, useRef } from "react";

interface FleetKeys {
  readonly onHelp: () => void;
  readonly onSelect: (storeId: string) => void;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      (/^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName) && !target.matches("[type=checkbox]")))
  );
}

/** The links of the stores on the page that can be seen: the table's or the cards'. */
function storeLinks(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("a[data-store-id]")].filter((link) => link.offsetParent !== null);
}

function move(step: number): void {
  const links = storeLinks();
  const row = document.activeElement?.closest("tr");
  const here = links.findIndex((link) => link.closest("tr") === row);
  links[Math.min(links.length - 1, Math.max(0, here + step))]?.focus();
}

/** `/` to the search, j and k down and up the stores, x to select one, ? for help; nothing while the user is typing. */
export function useFleetKeys(keys: FleetKeys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (document.querySelector("[role=dialog]") !== null) return;
      const actions: Record<string, () => void> = {
        "/": () => {
          const search = document.querySelector<HTMLInputElement>("input[type=search]");
          search?.focus();
          search?.select();
        },
        j: () => {
          move(1);
        },
        k: () => {
          move(-1);
        },
        x: () => {
          const row = document.activeElement?.closest("tr");
          const storeId = row?.querySelector<HTMLElement>("a[data-store-id]")?.dataset["storeId"];
          if (storeId !== undefined) latest.current.onSelect(storeId);
        },
        "?": () => {
          latest.current.onHelp();
        },
      };
      const action = actions[event.key];
      if (action === undefined) return;
      event.preventDefault();
      action();
    };
    document.addEventListener("keydown", onKey);
    return () => {
      document.removeEventListener("keydown", onKey);
    };
  }, []);
}
