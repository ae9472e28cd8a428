import Link from "next/link";
import { Instant } from "@/components/ui/instant";
import { formatOpenTime } from "@/lib/format/duration";
import { formatPercent } from "@/lib/format/percent";
import { timeNear } from "@/lib/format/zoned-time";
import { StatePill } from "./state-pill";
import { ageAt, StoreLabel, UptimeFigure } from "./store-figures";
import type { StoreRowsProps } from "./store-table";

/** One page of stores, for phones. */
export function StoreCards({ stores, asOf, stale, zone }: Omit<StoreRowsProps, "selection">) {
  return (
    <ul aria-label="Stores" className="grid gap-2 sm:grid-cols-2 lg:hidden">
      {stores.map((store) => (
        <li key={store.store_id} data-store-row className="border-line bg-panel rounded-panel relative border p-3">
          <div className="flex flex-wrap items-start justify-between gap-x-3 gap-y-1">
            <Link
              href={`/stores/${store.store_id}`}
              prefetch={false}
              data-store-id={store.store_id}
              className="min-h-6 min-w-0 font-medium after:absolute after:inset-0"
            >
              <StoreLabel store={store} />
            </Link>
            <StatePill state={store.state} stale={stale} />
          </div>
          <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-3 gap-y-1">
            <dt className="text-muted">24 h uptime</dt>
            <dd className="flex justify-end">
              <UptimeFigure ratio={store.uptime_ratio.day} coverage={store.coverage.day} />
            </dd>
            <dt className="text-muted">7 d uptime</dt>
            <dd className="flex justify-end">
              <UptimeFigure ratio={store.uptime_ratio.week} coverage={store.coverage.week} />
            </dd>
            <dt className="text-muted">Down in 7 d</dt>
            <dd className="text-right">{formatOpenTime(store.down_ms.week)}</dd>
          </dl>
          <p className="text-muted mt-2 text-xs">
            {store.state_since !== null && (
              <>
                Since{" "}
                <Instant at={store.state_since}>{timeNear(store.state_since, asOf, zone ?? store.time_zone)}</Instant>{" "}
                ·{" "}
              </>
            )}
            {store.last_poll_at === null ? "never checked" : `last check ${ageAt(asOf, store.last_poll_at)} before`} ·{" "}
            {formatPercent(store.coverage.week, 0)} checked
          </p>
        </li>
      ))}
    </ul>
  );
}
