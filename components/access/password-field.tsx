"use client";

import { useState, type ReactNode } from "react";
import { inputClass } from "@/components/ui/field";

interface PasswordFieldProps {
  /** Unique in the page; the field's name too. */
  readonly id: string;
  readonly label: string;
  readonly autoComplete: "current-password" | "new-password";
  readonly minLength?: number;
  readonly hint?: ReactNode;
}

/** A password: paste and password managers work, and it can be looked at. */
export function PasswordField({ id, label, autoComplete, minLength, hint }: PasswordFieldProps) {
  const [shown, setShown] = useState(false);
  return (
    <div>
      <div className="mb-1 flex items-baseline justify-between">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        <button
          type="button"
          aria-pressed={shown}
          aria-label={`Show ${label.toLowerCase()}`}
          className="text-accent min-h-6 text-xs hover:underline"
          onClick={() => {
            setShown(!shown);
          }}
        >
          {shown ? "Hide" : "Show"}
        </button>
      </div>
      <input
        id={id}
        name={id}
        type={shown ? "text" : "password"}
        autoComplete={autoComplete}
        autoCapitalize="none"
        spellCheck={false}
        required
        minLength={minLength}
        maxLength={256}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        className={inputClass}
      />
      {hint !== undefined && (
        <p id={`${id}-hint`} className="text-muted mt-1 text-xs text-pretty">
          {hint}
        </p>
      )}
    </div>
  );
}
