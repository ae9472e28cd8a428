import Link from "next/link";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { UnreadableStore } from "./find-store";

/** Instead of the page of a store that is there, but cannot be shown now. */
export function UnreadableStoreView({ storeId, reason }: UnreadableStore & { readonly storeId: string }) {
  return (
    <>
      <h1 className="mb-4 text-xl font-semibold tracking-tight">Store {storeId}</h1>
      {reason === "too_many_polls" ? (
        <EmptyState title="This store has too many checks to show">
          <p>
            It has more than two million checks in the last days. Remove the ones sent by mistake. Until then, use the
            API for shorter ranges.
          </p>
          <Link href="/data-quality" className={buttonClass()}>
            Data quality
          </Link>
        </EmptyState>
      ) : (
        <EmptyState title="This store can’t be shown right now">
          <p>The server is busy reading stores with many checks. Reload in a minute.</p>
        </EmptyState>
      )}
    </>
  );
}
