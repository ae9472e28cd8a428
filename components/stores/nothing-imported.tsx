import Link from "next/link";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** Why a page of an empty database is empty, and the next step. @param what the page shows */
export function NothingImported({ what }: { what: string }) {
  return (
    <EmptyState title="No data has been imported yet">
      <p>
        There are no {what}, because no file has come and no check has been sent. Three files make a start: checks
        (store, time, active or inactive), weekly business hours and time zones.
      </p>
      <p className="flex flex-wrap justify-center gap-2">
        <Link href="/imports" className={buttonClass("primary")}>
          Import files
        </Link>
        <Link href="/docs" className={buttonClass()}>
          Send checks by API
        </Link>
      </p>
    </EmptyState>
  );
}
