"use client";

import { useEffect, useRef, type ReactNode } from "react";
import { CopyButton } from "./copy-button";

interface ShownOnceProps {
  /** Names the box: "New key POS". */
  readonly label: string;
  readonly title: string;
  readonly secret: string;
  /** On the button that copies it. */
  readonly copyLabel: string;
  /** How to use it. */
  readonly children: ReactNode;
}

/** A secret that has just been created: this is the only time it is shown. */
export function ShownOnce({ label, title, secret, copyLabel, children }: ShownOnceProps) {
  const box = useRef<HTMLDivElement>(null);
  // It appears above the form that created it, perhaps out of sight.
  useEffect(() => {
    box.current?.focus();
  }, [secret]);
  return (
    <div
      ref={box}
      tabIndex={-1}
      role="group"
      aria-label={label}
      className="border-accent bg-accent-soft rounded-panel mb-3 border p-4 outline-offset-2"
    >
      <p className="font-medium">{title}</p>
      <p className="text-muted mb-2 text-pretty">{children}</p>
      <p className="bg-panel border-line mb-2 rounded-md border p-2 font-mono text-xs break-all select-all">{secret}</p>
      <CopyButton label={copyLabel} text={() => secret} />
    </div>
  );
}
