import { EmptyState } from "@/components/ui/empty-state";

/** For an owner whom no store was given yet. */
export function NoStores({ title }: { title: string }) {
  return (
    <>
      <h1 className="mb-4 text-xl font-semibold tracking-tight">{title}</h1>
      <EmptyState title="No store was given to you yet">
        <p>Ask an operator to give you your stores or their group. They appear here as soon as that is done.</p>
      </EmptyState>
    </>
  );
}
