"use client";

import { CopyButton } from "./copy-button";

/** Code that can be copied. @param label names it, such as "curl for getStore" */
export function CodeBlock({ label, text }: { label: string; text: string }) {
  return (
    <div className="bg-sunken border-line relative rounded-md border">
      <div role="region" aria-label={label} tabIndex={0} className="max-h-96 overflow-auto">
        <pre className="p-3 pr-24 font-mono text-xs leading-5">{text}</pre>
      </div>
      <div data-noprint className="absolute top-1.5 right-2">
        <CopyButton small label="Copy" name={`Copy ${label}`} text={() => text} />
      </div>
    </div>
  );
}
