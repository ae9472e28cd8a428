import { BackLink } from "@/components/ui/back-link";
import { Instant } from "@/components/ui/instant";
import type { StoreDetail } from "@/lib/contract/stores";
import { fullTime, timeNear, zoneAbbreviation } from "@/lib/format/zoned-time";
import { StatePill } from "./state-pill";
import { ageAt } from "./store-figures";

/** A value that nobody gave. */
export function AssumedBadge() {
  return (
    <span className="border-line-strong text-muted rounded border border-dashed px-1.5 text-xs leading-4.5">
      assumed
    </span>
  );
}

/** Who the store is, what it is doing, and on which clock this page runs. */
export function StoreHeader({ store, stale }: { store: StoreDetail; stale: boolean }) {
  const { as_of: asOf, time_zone: zone, state_since: since, last_poll_at: lastPoll, opens_at: opensAt } = store;
  return (
    <div className="mb-5">
      <BackLink href="/" label="All stores" />
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h1 className="text-xl font-semibold tracking-tight break-words">{store.name ?? store.store_id}</h1>
          {store.name !== null && <p className="text-muted font-mono text-xs break-all">{store.store_id}</p>}
          <p className="text-muted mt-1 flex flex-wrap items-center gap-x-2">
            <span>
              Times in {zone} ({zoneAbbreviation(asOf, zone)})
            </span>
            {store.time_zone_source === "assumed" && <AssumedBadge />}
            <span>
              as of <Instant at={asOf}>{fullTime(asOf, zone)}</Instant>
            </span>
          </p>
        </div>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <StatePill state={store.state} stale={stale} size="large" />
          <p className="text-muted">
            {since !== null && (
              <>
                since about <Instant at={since}>{timeNear(since, asOf, zone)}</Instant>,{" "}
              </>
            )}
            {lastPoll === null ? (
              "never checked"
            ) : (
              <>
                last checked <Instant at={lastPoll}>{timeNear(lastPoll, asOf, zone)}</Instant>
                {lastPoll !== asOf && `, ${ageAt(asOf, lastPoll)} before`}
              </>
            )}
            {opensAt !== null && (
              <>
                , opens <Instant at={opensAt}>{timeNear(opensAt, asOf, zone)}</Instant>
              </>
            )}
          </p>
        </div>
      </div>
    </div>
  );
}
