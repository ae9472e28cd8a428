import type { ReactNode } from "react";
import { BackLink } from "@/components/ui/back-link";
import { CopyButton } from "@/components/ui/copy-button";
import { CopyableId } from "@/components/ui/copyable-id";
import { Instant } from "@/components/ui/instant";
import type { StoreDetail } from "@/lib/contract/stores";
import { formatAge } from "@/lib/format/age";
import { timeNear } from "@/lib/format/time-range";
import { clockTime, fullTime, readerClock, zoneAbbreviation, type Clock } from "@/lib/format/zoned-time";
import { AssumedBadge } from "./assumed-badge";
import { StatePill } from "./state-pill";
import { storeAdvice } from "./store-advice";

interface StoreHeaderProps {
  readonly store: StoreDetail;
  readonly stale: boolean;
  /** The zone that times are shown in. */
  readonly clock: Clock;
  /** The user's clock in ms. */
  readonly now: number;
  readonly zoneSwitch: ReactNode;
  /** The last 7 days in a sentence, or nothing while it is loading. */
  readonly sentence: ReactNode;
  /** Whether this is the only store that the user can see; hides the link back. */
  readonly isOnlyStore: boolean;
}

/** The store's id, brand and group, beside its name. */
function Identity({ store }: { store: StoreDetail }) {
  const given = [store.brand, store.group, store.address, ...store.tags].filter((text) => text !== null);
  // A tag may be the brand's name.
  const belongs = [...new Set(given)];
  if (store.name === null && belongs.length === 0 && store.url === null) return null;
  return (
    <p className="text-muted flex flex-wrap gap-x-2">
      {store.name !== null && <CopyableId id={store.store_id} of="store ID" />}
      {belongs.map((text) => (
        <span key={text} className="before:mr-2 before:content-['·'] first:before:content-none">
          {text}
        </span>
      ))}
      {store.url !== null && (
        <a href={store.url} rel="noreferrer" className="text-accent break-all hover:underline">
          {store.url.replace(/^https?:\/\//, "")}
        </a>
      )}
    </p>
  );
}

/** What the store is doing, since when, and how well that is known. */
function StateLine({ store, stale, clock, now }: Pick<StoreHeaderProps, "store" | "stale" | "clock" | "now">) {
  const { state_since: since, last_poll_at: lastPoll } = store;
  // Relative to the user's day: a time without a date is today's, even when the data is old.
  const near = (instant: string) => timeNear(instant, new Date(now).toISOString(), clock);
  // The next change of the schedule may be in the past by now, when the data is old.
  const ahead = (at: string | null) => (at !== null && Date.parse(at) > now ? at : null);
  const [opensAt, closesAt] = [ahead(store.opens_at), ahead(store.closes_at)];
  const notBefore = ahead(store.opens_not_before);
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      {store.lifecycle !== "active" && <StatePill state={store.lifecycle} size="large" />}
      <StatePill state={store.state} stale={stale} size="large" />
      <p className="text-muted">
        {since !== null && (
          <>
            since about <Instant at={since}>{near(since)}</Instant>,{" "}
          </>
        )}
        {lastPoll === null ? (
          "never checked"
        ) : (
          <>
            last checked <Instant at={lastPoll}>{formatAge(lastPoll, now, clock)}</Instant>
          </>
        )}
        {opensAt !== null && (
          <>
            , next opening <Instant at={opensAt}>{near(opensAt)}</Instant>
          </>
        )}
        {notBefore !== null && (
          <>
            , next opening not before <Instant at={notBefore}>{near(notBefore)}</Instant>
          </>
        )}
        {closesAt !== null && (
          <>
            , closes <Instant at={closesAt}>{near(closesAt)}</Instant>
          </>
        )}
      </p>
    </div>
  );
}

/** The page's time zone, the store's local time and the age of the data. */
function Clocks({ store, clock, now }: Pick<StoreHeaderProps, "store" | "clock" | "now">) {
  const { as_of: asOf, time_zone: own } = store;
  const isOwn = own === clock.time_zone;
  const present = new Date(now).toISOString();
  const age = formatAge(asOf, now, clock);
  const isDated = age.endsWith("ago") || age === "just now";
  return (
    <p className="text-muted flex flex-wrap items-center gap-x-4">
      <span>
        Times in {clock.time_zone} ({zoneAbbreviation(asOf, clock)}){" "}
        {isOwn && store.time_zone_source === "assumed" && <AssumedBadge />}
      </span>
      <span>
        {isOwn ? "Local time" : `Local time (${own})`}{" "}
        <time dateTime={present}>{clockTime(present, readerClock(store.clock, clock.style))}</time>{" "}
        {!isOwn && store.time_zone_source === "assumed" && <AssumedBadge />}
      </span>
      <span>
        Data as of <Instant at={asOf}>{fullTime(asOf, clock)}</Instant>
        {isDated && `, ${age}`}
      </span>
    </p>
  );
}

/** The store's name and details, its state, and the clock of the page. */
export function StoreHeader({ store, stale, clock, now, zoneSwitch, sentence, isOnlyStore }: StoreHeaderProps) {
  const advice = storeAdvice(store, stale);
  return (
    <div className="mb-4">
      {!isOnlyStore && <BackLink href="/" label="All stores" />}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <div className="flex items-center gap-1">
            <h1 className="text-xl font-semibold tracking-tight wrap-break-word">{store.name ?? store.store_id}</h1>
            {store.name === null && <CopyButton isIcon label="Copy store ID" text={() => store.store_id} />}
          </div>
          <Identity store={store} />
        </div>
        <StateLine store={store} stale={stale} clock={clock} now={now} />
      </div>
      {/* Of fixed height, so that nothing moves when the sentence comes. */}
      <p className="mt-2 min-h-6 text-base text-pretty max-sm:min-h-12 print:hidden">{sentence}</p>
      {advice !== "" && <p className="mt-1 text-base text-pretty print:hidden">{advice}</p>}
      <div className="mt-2 flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <Clocks store={store} clock={clock} now={now} />
        <div data-noprint>{zoneSwitch}</div>
      </div>
    </div>
  );
}
