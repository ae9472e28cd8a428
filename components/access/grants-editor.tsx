"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { useId, useState } from "react";
import { StoreField } from "@/components/stores/store-field";
import { findStoreMeant } from "@/components/stores/store-meant";
import { Button } from "@/components/ui/button";
import { FormError, inputClass } from "@/components/ui/field";
import { storeQueries } from "@/lib/client/store-queries";
import type { Grant } from "@/lib/contract/access";
import { grantedText, grantOf, grantText, type StoreNames } from "./access-text";

const keyOf = (grant: Grant) => ("store_id" in grant ? `store ${grant.store_id}` : `group ${grant.group}`);

const noDraft = { kind: "store", name: "", manage: false } as const;

interface Draft {
  readonly kind: "store" | "group";
  readonly name: string;
  readonly manage: boolean;
}

/** What is given in a form: the list, and what is typed beside it. */
export interface GrantsState {
  readonly grants: readonly Grant[];
  /** Of stores among them. */
  readonly names: StoreNames;
  readonly draft: Draft;
  /** Why what is typed cannot be added. */
  readonly fault: string | null;
  /** Whether it is being looked up which store is meant by what is typed. */
  readonly isChecking: boolean;
  readonly setGrants: (grants: readonly Grant[]) => void;
  readonly setDraft: (draft: Draft) => void;
  /**
   * All that is given, with what was typed and not added yet: sending a form loses nothing. Null where that names no
   * store; `fault` then says so.
   */
  readonly complete: () => Promise<Grant[] | null>;
}

const noNames: StoreNames = new Map();

/** @param names of stores in the initial grants */
export function useGrants(initial: readonly Grant[], initialNames = noNames): GrantsState {
  const queryClient = useQueryClient();
  const [grants, setGrants] = useState(initial);
  const [names, setNames] = useState(initialNames);
  const [draft, setDraft] = useState<Draft>(noDraft);
  const [fault, setFault] = useState<string | null>(null);
  const [isChecking, setChecking] = useState(false);
  /** The id or the group that is typed. */
  const findName = async (text: string): Promise<string | null> => {
    if (draft.kind === "group") return text;
    setChecking(true);
    try {
      const store = await findStoreMeant(queryClient, text);
      if (store === null) setFault("Choose a store from the list.");
      else if (store.name !== null) setNames(new Map([...names, [store.store_id, store.name]]));
      return store?.store_id ?? null;
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
      return null;
    } finally {
      setChecking(false);
    }
  };
  const complete = async () => {
    const text = draft.name.trim();
    if (text === "") return [...grants];
    const name = await findName(text);
    const typed = name === null ? null : grantOf(draft.kind, name, draft.manage);
    return typed === null ? null : [...grants.filter((one) => keyOf(one) !== keyOf(typed)), typed];
  };
  return {
    grants,
    names,
    draft,
    fault,
    isChecking,
    setGrants,
    setDraft: (changed) => {
      setDraft(changed);
      setFault(null);
    },
    complete,
  };
}

/** The stores and groups of stores that an owner is given, to read or to manage. */
export function GrantsEditor({ state }: { state: GrantsState }) {
  const { grants, names, draft, fault, isChecking, setGrants, setDraft, complete } = state;
  const id = useId();
  const faultId = `${id}-fault`;
  const add = async () => {
    if (isChecking) return;
    const all = await complete();
    if (all === null) return;
    setGrants(all);
    setDraft({ ...draft, name: "" });
  };
  const { kind } = draft;
  const groups = useQuery(storeQueries.labels()).data?.groups ?? [];
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 font-medium">Stores</legend>
      {grants.length === 0 ? (
        <p className="text-muted mb-2">None yet. Add stores by name or ID, or a whole group.</p>
      ) : (
        <ul aria-label="Stores granted" className="mb-2 grid gap-1">
          {grants.map((grant) => (
            <li key={keyOf(grant)} className="bg-sunken flex items-center justify-between gap-2 rounded-md pl-2.5">
              <span className="min-w-0 break-all">{grantText(grant, names)}</span>
              <button
                type="button"
                aria-label={`Remove ${grantedText(grant, names)}`}
                className="text-muted hover:text-ink grid size-9 shrink-0 place-items-center"
                onClick={() => {
                  setGrants(grants.filter((one) => one !== grant));
                }}
              >
                <X aria-hidden className="size-4" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <select
          aria-label="Store or group"
          value={kind}
          className={`${inputClass} w-auto!`}
          onChange={(event) => {
            setDraft({ ...draft, kind: event.target.value === "group" ? "group" : "store" });
          }}
        >
          <option value="store">Store</option>
          <option value="group">Group</option>
        </select>
        {kind === "store" ? (
          <StoreField
            aria-label="Store name or ID"
            value={draft.name}
            placeholder="Store name or ID"
            className="min-w-32 flex-1"
            onChange={(name) => {
              setDraft({ ...draft, name });
            }}
            onEnter={() => void add()}
            aria-invalid={fault !== null}
            aria-describedby={faultId}
          />
        ) : (
          <input
            aria-label="Group name"
            value={draft.name}
            maxLength={200}
            spellCheck={false}
            autoComplete="off"
            placeholder="Group name"
            list={`${id}-groups`}
            className={`${inputClass} w-auto! min-w-32 flex-1`}
            onChange={(event) => {
              setDraft({ ...draft, name: event.target.value });
            }}
            onKeyDown={(event) => {
              if (event.key !== "Enter") return;
              event.preventDefault();
              void add();
            }}
          />
        )}
        <datalist id={`${id}-groups`}>
          {groups.map(({ label }) => (
            <option key={label} value={label} />
          ))}
        </datalist>
        <label className="flex min-h-9 items-center gap-2">
          <input
            type="checkbox"
            checked={draft.manage}
            className="size-4"
            onChange={(event) => {
              setDraft({ ...draft, manage: event.target.checked });
            }}
          />
          Can edit
        </label>
        <Button aria-disabled={isChecking} onClick={() => void add()}>
          <Plus aria-hidden className="size-4" />
          Add
        </Button>
      </div>
      <div id={faultId} className="mt-1">
        {fault !== null && <FormError>{fault}</FormError>}
      </div>
    </fieldset>
  );
}
