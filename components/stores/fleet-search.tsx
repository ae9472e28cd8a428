"use client";

import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState, useTransition } from "react";
import type { Route } from "next";

const typingMs = 250;

interface FleetSearchProps<P> {
  readonly params: P;
  /** The address of the list with another text. The same function in every rendering. */
  readonly hrefOf: (params: P, change: { readonly q: string }) => Route;
  /** Whether the page puts the focus here at "/". */
  readonly hasKey: boolean;
}

/** The search field. Its text becomes a parameter of the address a moment after the last key. */
export function FleetSearch<P extends { readonly q: string }>({ params, hrefOf, hasKey }: FleetSearchProps<P>) {
  const router = useRouter();
  const [text, setText] = useState(params.q);
  const [shownFor, setShownFor] = useState(params.q);
  const [isPending, startTransition] = useTransition();

  // The address changed (back, forward, "clear"): show its text, but not while a navigation is pending.
  if (shownFor !== params.q) {
    setShownFor(params.q);
    if (!isPending) setText(params.q);
  }

  const waiting = useRef<{ readonly stop: () => void; readonly search: () => void } | null>(null);
  useEffect(() => {
    if (text.trim() === params.q) return;
    const search = (): void => {
      waiting.current?.stop();
      startTransition(() => {
        router.replace(hrefOf(params, { q: text.trim() }), { scroll: false });
      });
    };
    const timer = setTimeout(search, typingMs);
    const stop = (): void => {
      clearTimeout(timer);
      waiting.current = null;
    };
    waiting.current = { stop, search };
    return stop;
  }, [text, params, hrefOf, router]);

  return (
    <div className="relative w-full sm:w-72">
      <Search aria-hidden className="text-muted pointer-events-none absolute top-2.5 left-2.5 size-4" />
      <input
        type="search"
        name="q"
        value={text}
        maxLength={100}
        autoComplete="off"
        spellCheck={false}
        aria-label="Search stores by ID or name"
        aria-keyshortcuts={hasKey ? "/" : undefined}
        placeholder="Search ID or name"
        onChange={(event) => {
          setText(event.target.value);
        }}
        // Leaving the field may be the start of another navigation, which a later search would undo.
        onBlur={() => waiting.current?.search()}
        className="border-line-strong bg-panel h-9 w-full rounded-md border pr-9 pl-8 text-sm [&::-webkit-search-cancel-button]:hidden"
      />
      {hasKey && (
        <kbd
          aria-hidden
          className="border-line text-muted absolute top-2 right-2 hidden h-5 w-5 place-items-center rounded border font-mono text-xs sm:grid"
        >
          /
        </kbd>
      )}
    </div>
  );
}
