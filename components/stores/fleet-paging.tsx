import { ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import { buttonClass } from "@/components/ui/button";
import { fleetHref, nextPage, pageSizes, previousPage, rowsBefore, type FleetParams } from "@/lib/client/page-params";
import type { StoreList } from "@/lib/contract/stores";
import { PageSize } from "./page-size";

/** Which rows these are, and the ways to the others. */
export function FleetPaging({ list, params }: { list: StoreList; params: FleetParams }) {
  const before = rowsBefore(params);
  const last = before + list.stores.length;
  return (
    <nav aria-label="Pages" className="mt-3 flex flex-wrap items-center justify-between gap-3">
      <p className="text-muted">
        {(before + 1).toLocaleString("en-US")}–{last.toLocaleString("en-US")} of {list.matching.toLocaleString("en-US")}
      </p>
      {list.matching > pageSizes[0] && <PageSize params={params} />}
      <div className="flex gap-2">
        {params.page > 1 && (
          <Link href={fleetHref(previousPage(params))} className={buttonClass()}>
            <ChevronLeft aria-hidden className="size-4" />
            Previous page
          </Link>
        )}
        {list.next_cursor !== null && (
          <Link href={fleetHref(nextPage(params, list.next_cursor))} className={buttonClass()}>
            Next page
            <ChevronRight aria-hidden className="size-4" />
          </Link>
        )}
      </div>
    </nav>
  );
}
