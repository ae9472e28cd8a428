"use client";

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
}

/** Copies a text; says so, or says that the browser did not let it. */
export function CopyButton({ text, label, name, small = false }: CopyButtonProps) {
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
  const Icon = outcome === "copied" ? Check : Copy;
  return (
    <Button
      onClick={() => void copy()}
      aria-label={outcome === null ? name : undefined}
      className={small ? "h-7 gap-1 px-2 text-xs" : undefined}
    >
      <Icon aria-hidden className={small ? "size-3.5" : "size-4"} />
      <span aria-live="polite">{outcome === null ? label : outcome === "copied" ? "Copied" : "Select and copy"}</span>
    </Button>
  );
}
