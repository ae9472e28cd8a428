import Link from "next/link";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** Why a page of an empty database is empty, and the next step. @param what the page shows */
export function NothingImported({ what }: { what: string }) {
  return (
    <EmptyState title={`No ${what} yet`}>
      <p>
        Upload three CSV files to get started: checks (store, time, active or inactive), weekly business hours and time
        zones.
      </p>
      <p className="flex flex-wrap justify-center gap-2">
        <Link href="/imports" className={buttonClass("primary")}>
          Upload files
        </Link>
        <Link href="/docs" className={buttonClass()}>
          Use the API
        </Link>
      </p>
    </EmptyState>
  );
}
