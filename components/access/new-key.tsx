"use client";

import { useEffect, useRef } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import type { Key } from "@/lib/contract/access";

/** A key that has just been made, whole: this is the only time it can be seen. */
export function NewKey({ value }: { value: Key }) {
  const box = useRef<HTMLDivElement>(null);
  // It appears above the form that made it, perhaps out of sight.
  useEffect(() => {
    box.current?.focus();
  }, [value.id]);
  if (value.key === undefined) return null;
  const { key } = value;
  return (
    <div
      ref={box}
      tabIndex={-1}
      role="group"
      aria-label={`New key ${value.name}`}
      className="border-accent bg-accent-soft rounded-panel mb-3 border p-4 outline-offset-2"
    >
      <p className="font-medium">Copy key {value.name} now, it won’t be shown again</p>
      <p className="text-muted mb-2 text-pretty">
        Send it as the header <code className="font-mono text-xs">Authorization: Bearer …</code>, never in a URL, where
        logs would keep it.
      </p>
      <p className="bg-panel border-line mb-2 rounded-md border p-2 font-mono text-xs break-all select-all">{key}</p>
      <CopyButton label="Copy key" text={() => key} />
    </div>
  );
}
