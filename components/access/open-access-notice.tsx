import { EmptyState } from "@/components/ui/empty-state";

/** Stands on the pages about access where there is none to speak of. */
export function OpenAccessNotice({ title }: { title: string }) {
  return (
    <>
      <h1 className="mb-4 text-xl font-semibold tracking-tight">{title}</h1>
      <EmptyState title="Sign-in is off">
        <p>Anyone who can open this URL can view and edit every store. Fine on your own machine.</p>
        <p>
          Before others can reach it, set <code className="font-mono text-xs">AUTH=required</code> and restart. On
          startup a one-time link is printed that creates the first operator account; operators invite other users and
          choose which stores they see.
        </p>
      </EmptyState>
    </>
  );
}
