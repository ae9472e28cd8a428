"use client";

import clsx from "clsx";
import { useRouter } from "next/navigation";
import type { Route } from "next";
import { useId, useState, type KeyboardEvent } from "react";
import { useStoreSearch } from "@/components/stores/use-store-search";
import { Dialog } from "@/components/ui/dialog";
import { inputClass } from "@/components/ui/field";
import type { NavPlace } from "@/components/ui/nav-link";
import type { SessionInfo } from "@/lib/contract/access";
import { matchingPages, palettePages, paletteStatus, storeEntries, type PaletteEntry } from "./palette-entries";

interface CommandPaletteProps {
  readonly places: readonly NavPlace[];
  readonly session: SessionInfo | null;
  readonly onClose: () => void;
}

/** Focused before the dialog looks for something to focus, which would be its button to close. */
function focusField(field: HTMLInputElement | null): void {
  field?.focus();
}

/** Goes to a page or a store by a part of its name. */
export function CommandPalette({ places, session, onClose }: CommandPaletteProps) {
  const router = useRouter();
  const listId = useId();
  const [text, setText] = useState("");
  const [active, setActive] = useState(0);
  const maySearch = session?.scopes.includes("stores:read") === true;
  const search = useStoreSearch(maySearch ? text : "");
  const pages = matchingPages(palettePages(places, session), text);
  const entries: readonly PaletteEntry[] = [...pages, ...storeEntries(search.stores)];
  const at = Math.min(active, entries.length - 1);
  const go = ({ href }: PaletteEntry) => {
    onClose();
    router.push(href as Route);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = entries[at];
    // Until the stores of the present text are there, those of an older one are shown; pages are always of this one.
    const isKnown = at < pages.length || !search.isPending;
    if (event.key === "Enter" && chosen !== undefined && isKnown) go(chosen);
    else if (event.key === "ArrowDown") setActive(at + 1 < entries.length ? at + 1 : 0);
    else if (event.key === "ArrowUp") setActive(at > 0 ? at - 1 : entries.length - 1);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title="Go to" description="Type part of a page, a store’s name or its ID." onClose={onClose}>
      <div className="border-line border-b p-3">
        <input
          ref={focusField}
          role="combobox"
          aria-label="Page or store"
          aria-expanded
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={at < 0 ? undefined : `${listId}-${String(at)}`}
          value={text}
          maxLength={100}
          spellCheck={false}
          autoComplete="off"
          className={inputClass}
          onKeyDown={onKeyDown}
          onChange={({ target }) => {
            setText(target.value);
            setActive(0);
          }}
        />
      </div>
      <div id={listId} role="listbox" aria-label="Pages and stores" className="h-80 overflow-y-auto p-1.5">
        {entries.map((entry, index) => (
          <div
            key={entry.href}
            id={`${listId}-${String(index)}`}
            role="option"
            aria-selected={index === at}
            tabIndex={-1}
            ref={(element) => {
              if (index === at) element?.scrollIntoView({ block: "nearest" });
            }}
            className={clsx(
              "cursor-pointer rounded-md px-2.5 py-1.5",
              index === at ? "bg-accent-soft" : "hover:bg-sunken",
            )}
            onMouseDown={(event) => {
              event.preventDefault();
              if (event.button === 0) go(entry);
            }}
          >
            <span className="block truncate">{entry.label}</span>
            {entry.note !== undefined && (
              <span className="text-muted block truncate font-mono text-xs">{entry.note}</span>
            )}
          </div>
        ))}
      </div>
      <p role="status" className="text-muted min-h-8 px-4 pb-3">
        {paletteStatus(entries.length, search)}
      </p>
    </Dialog>
  );
}
