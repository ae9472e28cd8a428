import type { ReactNode } from "react";
import { EmptyState } from "@/components/ui/empty-state";

/** Stands where a page is opened without the token of the link that leads to it. */
export function IncompleteLink({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <h1 className="mb-4 text-xl font-semibold tracking-tight">{title}</h1>
      <EmptyState title="Incomplete link">
        <p>{children}</p>
      </EmptyState>
    </>
  );
}
