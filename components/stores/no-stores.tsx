import { EmptyState } from "@/components/ui/empty-state";

/** For an owner whom no store was given yet. */
export function NoStores({ title }: { title: string }) {
  return (
    <>
      <h1 className="mb-4 text-xl font-semibold tracking-tight">{title}</h1>
      <EmptyState title="No stores yet">
        <p>Ask an operator for access to your stores. They will appear here.</p>
      </EmptyState>
    </>
  );
}
