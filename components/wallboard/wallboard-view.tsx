"use client";

import { useQuery } from "@tanstack/react-query";
import { Minimize2 } from "lucide-react";
import Link from "next/link";
import { ageAt } from "@/components/stores/store-figures";
import { stateIcons } from "@/components/stores/state-pill";
import { isStale, pastOrPresent } from "@/components/stores/state-text";
import { NothingImported } from "@/components/stores/nothing-imported";
import { estimateText, windowText } from "@/components/stores/uptime-text";
import { buttonClass } from "@/components/ui/button";
import { useNow } from "@/components/ui/clock";
import { ErrorView } from "@/components/ui/error-view";
import { Notice } from "@/components/ui/notice";
import { RefreshNotice } from "@/components/ui/refresh-notice";
import { offlineStores, storeQueries } from "@/lib/client/store-queries";
import { windowNames } from "@/lib/contract/enums";
import type { Fleet } from "@/lib/contract/fleet";
import type { StoreList, StoreListItem } from "@/lib/contract/stores";
import { formatDuration } from "@/lib/format/duration";

const order = ["offline", "online", "closed", "no_recent_check"] as const;

function Counters({ counts, stale }: { counts: Fleet["counts"]; stale: boolean }) {
  return (
    <dl className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      {order.map((state) => {
        const Icon = stateIcons[state];
        const isAlarm = state === "offline" && counts.offline > 0 && !stale;
        return (
          <div
            key={state}
            className={`rounded-panel flex flex-col justify-between border p-4 ${isAlarm ? "border-down bg-down-soft text-down-ink" : "border-line bg-panel"}`}
          >
            <dt className="flex items-center gap-2 text-lg">
              <Icon aria-hidden className="size-5 shrink-0" />
              {pastOrPresent(state, stale)}
            </dt>
            <dd className="text-5xl font-semibold tracking-tight sm:text-7xl">
              {counts[state].toLocaleString("en-US")}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function Uptime({ windows }: { windows: NonNullable<Fleet["windows"]> }) {
  return (
    <dl className="mt-3 grid gap-3 sm:grid-cols-3">
      {windowNames.map((name) => (
        <div key={name} className="border-line bg-panel rounded-panel border p-4">
          <dt className="text-muted text-lg">Uptime, {windowText[name].toLowerCase()}</dt>
          <dd className="text-4xl font-semibold tracking-tight">{estimateText(windows[name])}</dd>
        </div>
      ))}
    </dl>
  );
}

interface OfflineProps {
  readonly stores: readonly StoreListItem[];
  readonly total: number;
  readonly asOf: string;
}

/** The stores that have been offline the longest. */
function OfflineList({ stores, total, asOf }: OfflineProps) {
  return (
    <section aria-labelledby="offline-stores" className="mt-6">
      <h2 id="offline-stores" className="mb-2 text-lg font-semibold">
        {stores.length === 0 ? "No store is offline" : "Offline the longest"}
      </h2>
      <ul className="grid grid-cols-1 gap-2 sm:grid-cols-2 xl:grid-cols-3">
        {stores.map(({ store_id: id, name, state_since: since }) => (
          <li key={id} className="border-line bg-panel rounded-panel flex items-baseline gap-3 border px-4 py-2.5">
            <Link
              href={`/stores/${id}`}
              prefetch={false}
              className="min-w-0 flex-1 truncate text-lg font-medium hover:underline"
            >
              {name ?? id}
            </Link>
            <span className="text-down-ink text-lg whitespace-nowrap">{ageAt(asOf, since)}</span>
          </li>
        ))}
      </ul>
      {total > stores.length && (
        <p className="text-muted mt-2 text-lg">and {(total - stores.length).toLocaleString("en-US")} more</p>
      )}
    </section>
  );
}

interface FiguresProps {
  readonly fleet: Fleet;
  readonly offline: StoreList | undefined;
  /** The newest poll; null where there is none. */
  readonly asOf: string | null;
  readonly stale: boolean;
}

/** What is known of the fleet; before the first figures, what is awaited. */
export function WallboardFigures({ fleet, offline, asOf, stale }: FiguresProps) {
  if (fleet.snapshot === "none") return <NothingImported what="stores" />;
  if (fleet.snapshot === "pending") {
    return (
      <p role="status" className="text-muted text-lg">
        Computing the first figures…
      </p>
    );
  }
  return (
    <>
      {stale && <Notice tone="warn">Data is out of date. States are as of the latest check.</Notice>}
      <Counters counts={fleet.counts} stale={stale} />
      {fleet.windows !== null && <Uptime windows={fleet.windows} />}
      {asOf !== null && offline !== undefined && (
        <OfflineList stores={offline.stores} total={offline.matching} asOf={asOf} />
      )}
    </>
  );
}

/** "Latest check 4 minutes ago"; nothing while the first figures are awaited. */
function latestCheckText(fleet: Fleet | undefined, asOf: string | null, now: number): string {
  if (fleet?.snapshot !== "ready") return "";
  return asOf === null ? "No checks yet" : `Latest check ${formatDuration(Math.max(0, now - Date.parse(asOf)))} ago`;
}

/** The fleet for a screen on a wall: large, without navigation, and kept up to date by itself. */
export function WallboardView({ renderedAt }: { renderedAt: number }) {
  const now = useNow(renderedAt);
  const head = useQuery(storeQueries.fleet());
  const list = useQuery(storeQueries.list(offlineStores));
  const fleet = head.data;
  const asOf = fleet?.newest_poll_at == null ? null : fleet.as_of;
  const stale = asOf !== null && isStale(asOf, now);
  const failed = [head, list].find(({ error, data }) => error !== null && data === undefined);
  return (
    <div data-wallboard>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <div>
          <h1 className="text-2xl font-semibold tracking-tight">Stores</h1>
          <p className="text-muted min-h-5">{latestCheckText(fleet, asOf, now)}</p>
        </div>
        <Link href="/" className={buttonClass()}>
          <Minimize2 aria-hidden className="size-4" />
          Exit wallboard
        </Link>
      </div>
      <RefreshNotice queries={[head, list]} />
      {failed?.error && (
        <ErrorView
          title="Couldn’t load the wallboard"
          error={failed.error}
          onRetry={() => {
            for (const { refetch } of [head, list]) void refetch();
          }}
        />
      )}
      {fleet !== undefined && <WallboardFigures fleet={fleet} offline={list.data} asOf={asOf} stale={stale} />}
    </div>
  );
}
