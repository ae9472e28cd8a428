"use client";

import { Plus, X } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { inputClass } from "@/components/ui/field";
import type { Grant } from "@/lib/contract/access";
import { grantOf, grantWords } from "./access-words";

interface GrantsEditorProps {
  readonly grants: readonly Grant[];
  readonly onChange: (grants: readonly Grant[]) => void;
}

const keyOf = (grant: Grant) => ("store_id" in grant ? `store ${grant.store_id}` : `group ${grant.group}`);

/** The stores and groups of stores that an owner is given, to read or to manage. */
export function GrantsEditor({ grants, onChange }: GrantsEditorProps) {
  const [kind, setKind] = useState<"store" | "group">("store");
  const [name, setName] = useState("");
  const [manage, setManage] = useState(false);
  const add = () => {
    const grant = grantOf(kind, name, manage);
    if (grant === null) return;
    onChange([...grants.filter((one) => keyOf(one) !== keyOf(grant)), grant]);
    setName("");
  };
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 font-medium">Stores</legend>
      {grants.length === 0 ? (
        <p className="text-muted mb-2">None yet: add stores by their id, or all stores of a group.</p>
      ) : (
        <ul aria-label="Stores given" className="mb-2 grid gap-1">
          {grants.map((grant) => (
            <li key={keyOf(grant)} className="bg-sunken flex items-center justify-between gap-2 rounded-md pl-2.5">
              <span className="min-w-0 break-all">{grantWords(grant)}</span>
              <button
                type="button"
                aria-label={`Take away ${keyOf(grant)}`}
                className="text-muted hover:text-ink grid size-9 shrink-0 place-items-center"
                onClick={() => {
                  onChange(grants.filter((one) => one !== grant));
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
          aria-label="What is given"
          value={kind}
          className={`${inputClass} w-auto!`}
          onChange={(event) => {
            setKind(event.target.value === "group" ? "group" : "store");
          }}
        >
          <option value="store">Store</option>
          <option value="group">Group</option>
        </select>
        <input
          aria-label={kind === "store" ? "Store id" : "Name of the group"}
          value={name}
          maxLength={200}
          spellCheck={false}
          autoComplete="off"
          placeholder={kind === "store" ? "Store id" : "Name of the group"}
          className={`${inputClass} min-w-32 flex-1`}
          onChange={(event) => {
            setName(event.target.value);
          }}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault();
            add();
          }}
        />
        <label className="flex min-h-9 items-center gap-2">
          <input
            type="checkbox"
            checked={manage}
            className="size-4"
            onChange={(event) => {
              setManage(event.target.checked);
            }}
          />
          May manage
        </label>
        <Button onClick={add}>
          <Plus aria-hidden className="size-4" />
          Add
        </Button>
      </div>
    </fieldset>
  );
}
