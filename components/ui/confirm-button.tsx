"use client";

import { useState, type ReactNode } from "react";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { FormError } from "./field";

interface ConfirmButtonProps {
  /** On the button that opens the question. */
  readonly label: string;
  /** For those who do not see what the button stands beside. */
  readonly accessibleLabel?: string;
  readonly question: string;
  /** What follows from it, one line. */
  readonly consequence: string;
  /** On the button that does it. */
  readonly action: string;
  readonly busy: boolean;
  readonly error: Error | null;
  /** Does it; the question stays while it is under way and where it fails. */
  readonly onConfirm: (close: () => void) => void;
  readonly children?: ReactNode;
}

/** A button for what cannot be undone: it asks first. */
export function ConfirmButton({
  label,
  accessibleLabel,
  question,
  consequence,
  action,
  busy,
  error,
  onConfirm,
  children,
}: ConfirmButtonProps) {
  const [open, setOpen] = useState(false);
  const close = () => {
    setOpen(false);
  };
  return (
    <>
      <Button
        aria-label={accessibleLabel}
        onClick={() => {
          setOpen(true);
        }}
      >
        {label}
      </Button>
      {open && (
        <Dialog title={question} description={consequence} onClose={close}>
          <div className="grid gap-3 p-4">
            {children}
            {error && <FormError>{error.message}</FormError>}
            <div className="flex flex-wrap justify-end gap-2">
              <Button onClick={close}>Cancel</Button>
              <Button
                look="primary"
                aria-disabled={busy}
                onClick={() => {
                  if (!busy) onConfirm(close);
                }}
              >
                {action}
              </Button>
            </div>
          </div>
        </Dialog>
      )}
    </>
  );
}
