"use client";

import clsx from "clsx";
import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "./button";

const thanksMs = 2_000;

interface CopyButtonProps {
  readonly text: () => string;
  readonly label: string;
  /** What is read aloud, where the label alone would not say what is copied. */
  readonly name?: string;
  readonly small?: boolean;
  /** Whether it is shown as an icon, without its label. */
  readonly isIcon?: boolean;
}

/** Copies a text; says so, or says that the browser did not let it. */
export function CopyButton({ text, label, name, small = false, isIcon = false }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<"copied" | "refused" | null>(null);
  useEffect(() => {
    if (outcome === null) return;
    const timer = setTimeout(() => {
      setOutcome(null);
    }, thanksMs);
    return () => {
      clearTimeout(timer);
    };
  }, [outcome]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text());
      setOutcome("copied");
    } catch {
      // Without permission or outside a secure context; the text can still be selected.
      setOutcome("refused");
    }
  };
  // What to do instead has to be seen.
  const asIcon = isIcon && outcome !== "refused";
  const Icon = outcome === "copied" ? Check : Copy;
  return (
    <Button
      onClick={() => void copy()}
      aria-label={outcome === null ? name : undefined}
      className={clsx(
        asIcon && "text-muted! hover:text-ink! size-6! shrink-0 border-transparent! bg-transparent! px-0!",
        small && "h-7 gap-1 px-2 text-xs",
      )}
    >
      <Icon aria-hidden className={small || asIcon ? "size-3.5" : "size-4"} />
      <span aria-live="polite" className={clsx(asIcon && "sr-only")}>
        {outcome === null ? label : outcome === "copied" ? "Copied" : "Select and copy"}
      </span>
    </Button>
  );
}
