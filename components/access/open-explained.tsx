import { EmptyState } from "@/components/ui/empty-state";

/** Stands on the pages about access where there is none to speak of. */
export function OpenExplained({ title }: { title: string }) {
  return (
    <>
      <h1 className="mb-4 text-xl font-semibold tracking-tight">{title}</h1>
      <EmptyState title="Everybody may do everything here">
        <p>
          Nobody signs in: whoever reaches this address sees every store and may change everything. On a machine of your
          own that is all it takes.
        </p>
        <p>
          Before others can reach it, set <code className="font-mono text-xs">AUTH=required</code> and start again. The
          start then prints a link, good for one use, by which the first operator makes an account; operators invite the
          others and say which stores they see.
        </p>
      </EmptyState>
    </>
  );
}
