import Link from "next/link";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export default function NotFound() {
  return (
    <>
      <h1 className="mb-4 text-xl font-semibold tracking-tight">Not found</h1>
      <EmptyState title="There is nothing at this address">
        <p>The store or report may never have been, or its id was cut off when the address was copied.</p>
        <Link href="/" className={buttonClass()}>
          All stores
        </Link>
      </EmptyState>
    </>
  );
}
