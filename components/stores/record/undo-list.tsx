import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { FormError } from "@/components/ui/field";

interface UndoListProps<T> {
  /** "Deleted stores" */
  readonly label: string;
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
  readonly children: (row: T) => ReactNode;
  /** What its button does; null where it is too late. */
  readonly undo: (row: T) => { readonly label: string; readonly accessibleLabel: string } | null;
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly onUndo: (row: T) => void;
}

/** What was done to stores, each with what takes it back. */
export function UndoList<T>({ label, rows, keyOf, children, undo, isPending, error, onUndo }: UndoListProps<T>) {
  return (
    <>
      <ul aria-label={label} className="divide-line divide-y">
        {rows.map((row) => {
          const button = undo(row);
          return (
            <li key={keyOf(row)} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2">
              <span className="wrap-break-word min-w-0">{children(row)}</span>
              {button !== null && (
                <Button
                  aria-label={button.accessibleLabel}
                  aria-disabled={isPending}
                  onClick={() => {
                    if (!isPending) onUndo(row);
                  }}
                >
                  {button.label}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      {error && <FormError>{error.message}</FormError>}
    </>
  );
}
