"use client";

import clsx from "clsx";
import { useId, useState, type KeyboardEvent } from "react";
import { inputClass } from "@/components/ui/field";
import type { StoreListItem } from "@/lib/contract/stores";
import { lastEntry, replaceLastEntry } from "./last-entry";
import { useStoreSearch } from "./use-store-search";

interface StoreFieldProps {
  readonly id?: string;
  /** Where no label refers to the field. */
  readonly "aria-label"?: string;
  readonly "aria-describedby"?: string;
  readonly "aria-invalid"?: boolean;
  readonly name?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Enter without a chosen store. */
  readonly onEnter?: () => void;
  /** Whether it holds several, separated by commas or lines, of which the last one is searched. */
  readonly several?: boolean;
  readonly placeholder?: string;
  readonly className?: string;
}

/** Which stores are offered, and which of them the arrow keys are at. */
function useSuggestions(typed: string) {
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const { stores: found, isPending } = useStoreSearch(isOpen ? typed : "");
  // An id that is complete needs no choice, and the list would cover what is below.
  const isComplete = found.length === 1 && found[0]?.store_id === typed;
  const stores = isOpen && !isComplete ? found : [];
  return { stores, isPending, active: Math.min(active, stores.length - 1), setActive, setOpen };
}

function matchingText(count: number): string {
  if (count === 0) return "";
  return `${count === 1 ? "1 matching store" : `${String(count)} matching stores`}. Use the arrow keys.`;
}

function SuggestionText({ store: { name, store_id: storeId } }: { store: StoreListItem }) {
  return (
    <>
      <span className="block truncate">{name ?? storeId}</span>
      {name !== null && <span className="text-muted block truncate font-mono text-xs">{storeId}</span>}
    </>
  );
}

/** A field for the id of a store, or of several, that offers stores by name and id while one types. */
export function StoreField({ value, onChange, onEnter, several = false, className, ...field }: StoreFieldProps) {
  const listId = useId();
  const typed = several ? lastEntry(value) : value.trim();
  const { stores, isPending, active, setActive, setOpen } = useSuggestions(typed);
  const pick = ({ store_id: storeId }: StoreListItem) => {
    onChange(several ? replaceLastEntry(value, storeId) : storeId);
    setOpen(false);
    setActive(-1);
  };
  // Until the stores of the present text are there, those of an older one are shown.
  const chosen = isPending ? undefined : stores[active];
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && active >= 0) {
      if (chosen !== undefined) pick(chosen);
    } else if (event.key === "Enter" && onEnter !== undefined) onEnter();
    else if (event.key === "ArrowDown" && stores.length > 0) setActive((active + 1) % stores.length);
    else if (event.key === "ArrowUp" && stores.length > 0) setActive((active + stores.length) % (stores.length + 1));
    else if (event.key === "Escape" && stores.length > 0) {
      setOpen(false);
    } else return;
    event.preventDefault();
  };
  const shared = {
    ...field,
    value,
    spellCheck: false,
    autoComplete: "off",
    "aria-autocomplete": "list" as const,
    "aria-controls": listId,
    "aria-activedescendant": active < 0 ? undefined : `${listId}-${String(active)}`,
    // Escape closes the list, not the dialog around it.
    "data-closes-on-escape": stores.length > 0 ? "" : undefined,
    onKeyDown,
    onBlur: () => {
      if (chosen === undefined) setOpen(false);
      else pick(chosen);
    },
    onChange: ({ target }: { readonly target: { readonly value: string } }) => {
      onChange(target.value);
      setOpen(true);
      setActive(-1);
    },
  };
  return (
    <div className={clsx("relative", className)}>
      {several ? (
        <textarea {...shared} rows={1} className={clsx(inputClass, "field-sizing-content max-h-40 min-h-9 py-1.5")} />
      ) : (
        <input
          {...shared}
          role="combobox"
          aria-controls={listId}
          aria-expanded={stores.length > 0}
          maxLength={200}
          className={inputClass}
        />
      )}
      <div
        id={listId}
        role="listbox"
        aria-label="Matching stores"
        hidden={stores.length === 0}
        className="border-line-strong bg-panel absolute inset-x-0 top-full z-30 mt-1 max-h-72 overflow-y-auto rounded-md border py-1 shadow-lg"
      >
        {stores.map((store, index) => (
          <div
            key={store.store_id}
            id={`${listId}-${String(index)}`}
            role="option"
            aria-selected={index === active}
            className={clsx("cursor-pointer px-2.5 py-1", index === active ? "bg-accent-soft" : "hover:bg-sunken")}
            tabIndex={-1}
            onMouseDown={(event) => {
              // The field keeps the focus.
              event.preventDefault();
              if (event.button === 0) pick(store);
            }}
          >
            <SuggestionText store={store} />
          </div>
        ))}
      </div>
      <span role="status" className="sr-only">
        {matchingText(stores.length)}
      </span>
    </div>
  );
}
