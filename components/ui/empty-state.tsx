import type { ReactNode } from "react";

/** Why there is nothing, and the next step. */
export function EmptyState({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="border-line bg-panel rounded-panel flex flex-col items-center border px-4 py-14 text-center">
      <h2 className="text-base font-semibold">{title}</h2>
      <div className="text-muted mt-2 max-w-prose space-y-3 text-pretty">{children}</div>
    </div>
  );
}
