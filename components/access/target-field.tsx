"use client";

import { useState } from "react";
import { StoreField } from "@/components/stores/store-field";
import { inputClass } from "@/components/ui/field";
import { chosenTarget, numberedTargets, subjectOf, unlistedText } from "./audit-target";

interface TargetFieldProps {
  readonly value: string | null;
  /** The targets that are listed. */
  readonly groups: readonly {
    readonly label: string;
    readonly choices: readonly { readonly value: string; readonly label: string }[];
  }[];
}

/** A filter by what was acted on: one of a list, or a store, an import, a report or a webhook by its id. */
export function TargetField({ value, groups }: TargetFieldProps) {
  const [{ choice, id }, setTarget] = useState(() => chosenTarget(value));
  const numbered = numberedTargets.find(({ kind }) => kind === choice);
  const isListed = numbered !== undefined || groups.some(({ choices }) => choices.some((one) => one.value === choice));
  const setId = (changed: string) => {
    setTarget({ choice, id: changed });
  };
  return (
    <div className="min-w-0 flex-1 basis-40">
      <label htmlFor="subject" className="mb-1 block font-medium">
        Target
      </label>
      <select
        id="subject"
        name={numbered === undefined ? "subject" : undefined}
        value={choice}
        className={inputClass}
        onChange={({ target }) => {
          setTarget({ choice: target.value, id: "" });
        }}
      >
        <option value="">All targets</option>
        {choice !== "" && !isListed && <option value={choice}>{unlistedText(choice)}</option>}
        <optgroup label="By ID">
          {numberedTargets.map(({ kind, label }) => (
            <option key={kind} value={kind}>
              {label}
            </option>
          ))}
        </optgroup>
        {groups
          .filter(({ choices }) => choices.length > 0)
          .map(({ label, choices }) => (
            <optgroup key={label} label={label}>
              {choices.map((one) => (
                <option key={one.value} value={one.value}>
                  {one.label}
                </option>
              ))}
            </optgroup>
          ))}
      </select>
      {numbered !== undefined && <input type="hidden" name="subject" value={subjectOf({ choice, id })} />}
      {numbered?.kind === "store:" && (
        <StoreField
          aria-label={numbered.idLabel}
          value={id}
          placeholder="Store name or ID"
          className="mt-1"
          onChange={setId}
        />
      )}
      {numbered !== undefined && numbered.kind !== "store:" && (
        <input
          aria-label={numbered.idLabel}
          value={id}
          placeholder="Number"
          inputMode="numeric"
          maxLength={20}
          autoComplete="off"
          className={`${inputClass} mt-1`}
          onChange={({ target }) => {
            setId(target.value);
          }}
        />
      )}
    </div>
  );
}
