"use client";

import { methods, oneOf } from "@/lib/contract/enums";
import type { Method } from "@/lib/uptime/types";
import { methodText } from "./report-text";

interface MethodSelectProps {
  readonly id: string;
  readonly value: Method;
  readonly onChange: (method: Method) => void;
}

export function MethodSelect({ id, value, onChange }: MethodSelectProps) {
  return (
    <select
      id={id}
      value={value}
      onChange={(event) => {
        onChange(oneOf(methods, event.target.value) ?? value);
      }}
      className="border-line-strong bg-panel h-9 min-w-0 flex-1 rounded-md border px-2 text-sm"
    >
      {methods.map((method) => (
        <option key={method} value={method}>
          {methodText[method]}
        </option>
      ))}
    </select>
  );
}
