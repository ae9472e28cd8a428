import type { ReactNode } from "react";

/** The form of a page for signing in or setting up an account. */
export function AuthCard({ title, lead, children }: { title: string; lead: ReactNode; children: ReactNode }) {
  return (
    <div className="mx-auto mt-4 w-full max-w-sm sm:mt-12">
      <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
      <div className="text-muted mt-1 mb-4 text-pretty">{lead}</div>
      <div className="border-line bg-panel rounded-panel border p-4 sm:p-5">{children}</div>
    </div>
  );
}
