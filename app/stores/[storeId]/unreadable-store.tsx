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
            It has more than two million checks in the last days, far more than a store sends. Remove those that were
            sent by mistake; the API shows shorter ranges until then.
          </p>
          <Link href="/data-quality" className={buttonClass()}>
            Data quality
          </Link>
        </EmptyState>
      ) : (
        <EmptyState title="This store cannot be shown right now">
          <p>It has very many checks, and others are being read at the moment. Load the page again in a minute.</p>
        </EmptyState>
      )}
    </>
  );
}
