"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { useRef, useState } from "react";
import { StoreField } from "@/components/stores/store-field";
import { findStoreMeant } from "@/components/stores/store-meant";
import { Button } from "@/components/ui/button";
import { FormError, inputClass } from "@/components/ui/field";
import { storeQueries } from "@/lib/client/store-queries";
import { oneOf } from "@/lib/contract/enums";
import { givenKinds, givenOf, namesIn, rowsOf, rowText, type GivenKind, type GivenRow, type GivenTo } from "./given-to";

const kindText: Record<GivenKind, string> = { store: "Stores", brand: "Brand", group: "Group", all: "All stores" };

/** More rows than this scroll. */
const shownRows = 200;

interface GivenToEditorProps {
  readonly givenTo: GivenTo;
  readonly onChange: (givenTo: GivenTo) => void;
}

interface GivenRowsProps extends GivenToEditorProps {
  readonly onRemoved: (row: GivenRow) => void;
}

function GivenRows({ givenTo, onChange, onRemoved }: GivenRowsProps) {
  const rows = rowsOf(givenTo);
  if (rows.length === 0) return <p className="text-muted mb-2">No stores yet. The calendar has no effect.</p>;
  const more = rows.length - shownRows;
  return (
    <div className="mb-2 max-h-60 overflow-y-auto" role="region" aria-label="Assigned stores" tabIndex={0}>
      <ul className="grid gap-1">
        {rows.slice(0, shownRows).map((row) => (
          <li
            key={`${row.kind} ${row.name}`}
            className="bg-sunken flex items-center justify-between gap-2 rounded-md pl-2.5"
          >
            <span className="min-w-0 break-all">{rowText(row)}</span>
            <button
              type="button"
              aria-label={`Remove ${rowText(row)}`}
              className="text-muted hover:text-ink grid size-9 shrink-0 place-items-center"
              onClick={() => {
                onChange(givenOf(rows.filter((one) => one !== row)));
                onRemoved(row);
              }}
            >
              <X aria-hidden className="size-4" />
            </button>
          </li>
        ))}
        {more > 0 && <li className="text-muted px-2.5 py-1">and {more.toLocaleString("en-US")} more stores</li>}
      </ul>
    </div>
  );
}

interface LabelChoiceProps {
  readonly kind: "brand" | "group";
  readonly value: string;
  readonly onChange: (label: string) => void;
}

/** Brands or groups to choose from. */
function LabelChoice({ kind, value, onChange }: LabelChoiceProps) {
  const labels = useQuery(storeQueries.labels());
  const choices = (kind === "brand" ? labels.data?.brands : labels.data?.groups) ?? [];
  return (
    <select
      aria-label={kind === "brand" ? "Brand to add" : "Group to add"}
      value={value}
      className={`${inputClass} w-auto! min-w-32 flex-1`}
      onChange={({ target }) => {
        onChange(target.value);
      }}
    >
      <option value="">
        {labels.isPending ? "Loading…" : choices.length === 0 ? `No store has a ${kind}` : `Choose a ${kind}`}
      </option>
      {choices.map(({ label, stores }) => (
        <option key={label} value={label}>
          {label} ({stores.toLocaleString("en-US")})
        </option>
      ))}
    </select>
  );
}

/** Finds the ids of the stores that a text names. @returns them, or the first name that is unclear */
function useStoresMeant() {
  const queryClient = useQueryClient();
  return async (text: string): Promise<{ readonly ids: readonly string[] } | { readonly unclear: string }> => {
    const ids: string[] = [];
    for (const name of namesIn(text)) {
      const store = await findStoreMeant(queryClient, name);
      if (store === null) return { unclear: name };
      ids.push(store.store_id);
    }
    return { ids };
  };
}

/** Which stores a calendar is assigned to: single ones, brands, groups, or all. One picker for all of them. */
export function GivenToEditor({ givenTo, onChange }: GivenToEditorProps) {
  const [kind, setKind] = useState<GivenKind>("store");
  const [typed, setTyped] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const [isChecking, setChecking] = useState(false);
  const [status, setStatus] = useState("");
  const kindField = useRef<HTMLSelectElement>(null);
  const findStores = useStoresMeant();
  const add = (...rows: readonly GivenRow[]) => {
    onChange(givenOf([...rowsOf(givenTo), ...rows]));
    setStatus(`Added ${rows.length === 1 ? rows.map(rowText).join("") : `${String(rows.length)} stores`}`);
  };
  const addTyped = async () => {
    if (kind === "all") add({ kind, name: "" });
    else if (kind !== "store" && typed !== "") add({ kind, name: typed });
    if (kind !== "store") setTyped("");
    if (kind !== "store" || isChecking || namesIn(typed).length === 0) return;
    setChecking(true);
    setFault(null);
    try {
      const found = await findStores(typed);
      if ("unclear" in found) setFault(`No single store matches “${found.unclear}”. Choose one from the list.`);
      else {
        add(...found.ids.map((name) => ({ kind: "store" as const, name })));
        setTyped("");
      }
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    } finally {
      setChecking(false);
    }
  };
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 font-medium">Stores of this calendar</legend>
      <GivenRows
        givenTo={givenTo}
        onChange={onChange}
        onRemoved={(row) => {
          setStatus(`Removed ${rowText(row)}`);
          kindField.current?.focus();
        }}
      />
      <div className="flex flex-wrap items-start gap-2">
        <select
          ref={kindField}
          aria-label="Add stores by"
          value={kind}
          className={`${inputClass} w-auto!`}
          onChange={({ target }) => {
            setKind(oneOf(givenKinds, target.value) ?? "store");
            setTyped("");
            setFault(null);
          }}
        >
          {givenKinds.map((one) => (
            <option key={one} value={one}>
              {kindText[one]}
            </option>
          ))}
        </select>
        {kind === "store" && (
          <StoreField
            several
            aria-label="Store names or IDs"
            aria-invalid={fault !== null}
            aria-describedby="given-to-fault"
            value={typed}
            placeholder="Store names or IDs, separated by commas"
            className="min-w-48 flex-1"
            onChange={(text) => {
              setTyped(text);
              setFault(null);
            }}
          />
        )}
        {(kind === "brand" || kind === "group") && (
          <LabelChoice
            kind={kind}
            value={typed}
            onChange={(label) => {
              setTyped(label);
            }}
          />
        )}
        <Button aria-disabled={isChecking} onClick={() => void addTyped()}>
          <Plus aria-hidden className="size-4" />
          Add
        </Button>
      </div>
      <div id="given-to-fault" className="mt-1">
        {fault !== null && <FormError>{fault}</FormError>}
      </div>
      <p className="text-muted mt-1 text-xs text-pretty">
        A brand, a group and all stores include stores that are added later. A store’s own special hours apply before
        its calendars; of its calendars, the one assigned to the store itself, then to its group, its brand, and all
        stores.
      </p>
      <p role="status" className="sr-only">
        {status}
      </p>
    </fieldset>
  );
}
