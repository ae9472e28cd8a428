"use client";

import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState, useTransition } from "react";
import { buttonClass } from "@/components/ui/button";
import { filteredHref, fleetDefaults, type FleetParams } from "@/lib/client/page-params";
import { oneOf, storeSorts } from "@/lib/contract/names";
import type { StoreSort } from "@/lib/contract/stores";

const typingMs = 250;

const sortWords: Record<StoreSort, string> = {
  uptime_week: "Worst week first",
  "-uptime_week": "Best week first",
  uptime_day: "Worst day first",
  "-uptime_day": "Best day first",
  uptime_hour: "Worst hour first",
  "-uptime_hour": "Best hour first",
  "-down_week": "Longest down time first",
  down_week: "Shortest down time first",
  coverage_week: "Least checked first",
  "-coverage_week": "Most checked first",
  state: "Offline first",
  "-state": "Closed first",
  state_since: "Longest in its state first",
  "-state_since": "Newest in its state first",
  name: "By name",
  "-name": "By name, backwards",
  store_id: "By id",
  "-store_id": "By id, backwards",
};

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName))
  );
}

/**
 * Search and order. The server does the work: both end in the address, the search a moment after the last key.
 * A plain form without scripts.
 */
export function FleetToolbar({ params }: { params: FleetParams }) {
  const router = useRouter();
  const [text, setText] = useState(params.q);
  const [shownFor, setShownFor] = useState(params.q);
  const [isPending, startTransition] = useTransition();
  const input = useRef<HTMLInputElement>(null);

  // The address moved under the field (back, forward, "clear"): follow it, but never while an answer is on its way.
  if (shownFor !== params.q) {
    setShownFor(params.q);
    if (!isPending) setText(params.q);
  }

  useEffect(() => {
    if (text.trim() === params.q) return;
    const timer = setTimeout(() => {
      startTransition(() => {
        router.replace(filteredHref(params, { q: text.trim() }), { scroll: false });
      });
    }, typingMs);
    return () => {
      clearTimeout(timer);
    };
  }, [text, params, router]);

  useEffect(() => {
    const focusOnSlash = (event: KeyboardEvent) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    document.addEventListener("keydown", focusOnSlash);
    return () => {
      document.removeEventListener("keydown", focusOnSlash);
    };
  }, []);

  return (
    <form
      action="/"
      role="search"
      aria-label="Stores"
      className="flex grow flex-wrap items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault();
      }}
    >
      {params.state !== null && <input type="hidden" name="state" value={params.state} />}
      <div className="relative w-full sm:w-80">
        <Search aria-hidden className="text-muted pointer-events-none absolute top-2.5 left-2.5 size-4" />
        <input
          ref={input}
          type="search"
          name="q"
          value={text}
          maxLength={100}
          autoComplete="off"
          spellCheck={false}
          aria-label="Search by store id or name"
          aria-keyshortcuts="/"
          placeholder="Search id or name"
          onChange={(event) => {
            setText(event.target.value);
          }}
          className="border-line-strong bg-panel h-9 w-full rounded-md border pr-9 pl-8 text-sm [&::-webkit-search-cancel-button]:hidden"
        />
        <kbd
          aria-hidden
          className="border-line text-muted absolute top-2 right-2 hidden h-5 w-5 place-items-center rounded border font-mono text-xs sm:grid"
        >
          /
        </kbd>
      </div>
      <select
        aria-label="Order"
        name="sort"
        value={params.sort}
        onChange={(event) => {
          const sort = oneOf(storeSorts, event.target.value) ?? fleetDefaults.sort;
          startTransition(() => {
            router.push(filteredHref(params, { sort }), { scroll: false });
          });
        }}
        className="border-line-strong bg-panel h-9 rounded-md border px-2 text-sm"
      >
        {storeSorts.map((sort) => (
          <option key={sort} value={sort}>
            {sortWords[sort]}
          </option>
        ))}
      </select>
      <noscript>
        <button type="submit" className={buttonClass()}>
          Search
        </button>
      </noscript>
      <span role="status" className="text-muted text-xs">
        {isPending ? "Searching…" : ""}
      </span>
    </form>
  );
}
