import clsx from "clsx";
import { ArrowDown, ArrowUp } from "lucide-react";
import Link from "next/link";
import { Instant } from "@/components/ui/instant";
import { filteredHref, type FleetParams } from "@/lib/client/page-params";
import type { StoreListItem, StoreSort } from "@/lib/contract/stores";
import { formatOpenTime } from "@/lib/format/duration";
import { formatPercent } from "@/lib/format/percent";
import { timeNear } from "@/lib/format/time-range";
import { type Clock } from "@/lib/format/zoned-time";
import { StateMarks, StatePill } from "./state-pill";
import { ageAt, hourText, UptimeFigure } from "./store-figures";
import { fleetColumns, type FleetLayout } from "@/lib/client/fleet-layout";
import type { Selection } from "./use-selection";

export interface StoreRowsProps {
  readonly stores: readonly StoreListItem[];
  readonly asOf: string;
  readonly stale: boolean;
  readonly selection: Selection;
  readonly layout: FleetLayout;
  /** The clock of a store's times, by the name of its zone. */
  readonly clockOf: (timeZone: string) => Clock;
}

interface Column {
  readonly label: string;
  /** The order a click gives first, and the one that the next click gives. */
  readonly sorts?: readonly [StoreSort, StoreSort];
  /** Figures stand at the right end of their column. */
  readonly isFigure?: boolean;
}

const columns: readonly Column[] = [
  { label: "Store", sorts: ["name", "-name"] },
  { label: "State", sorts: ["state", "-state"] },
  { label: "In state since", sorts: ["-state_since", "state_since"] },
  { label: "Uptime 1h", sorts: ["uptime_hour", "-uptime_hour"], isFigure: true },
  { label: "Uptime 24h", sorts: ["uptime_day", "-uptime_day"], isFigure: true },
  { label: "Uptime 7d", sorts: ["uptime_week", "-uptime_week"], isFigure: true },
  { label: "Downtime (7d)", sorts: ["-down_week", "down_week"], isFigure: true },
  { label: "Coverage", sorts: ["coverage_week", "-coverage_week"], isFigure: true },
  { label: "Last check", isFigure: true },
];

function ColumnHead({ column, params }: { column: Column; params: FleetParams }) {
  const { label, sorts, isFigure } = column;
  const chosen = sorts?.includes(params.sort) ?? false;
  const descending = params.sort.startsWith("-");
  const Arrow = descending ? ArrowDown : ArrowUp;
  const next = sorts && (params.sort === sorts[0] ? sorts[1] : sorts[0]);
  return (
    <th scope="col" aria-sort={chosen ? (descending ? "descending" : "ascending") : undefined} className="font-medium">
      {next ? (
        <Link
          href={filteredHref(params, { sort: next })}
          scroll={false}
          className={clsx(
            "inline-flex h-6 items-center gap-1 rounded",
            isFigure && "flex-row-reverse",
            chosen ? "text-ink" : "hover:text-ink",
          )}
        >
          {label}
          {chosen ? <Arrow aria-hidden className="size-3.5" /> : <span className="w-3.5" />}
        </Link>
      ) : (
        label
      )}
    </th>
  );
}

function StoreRow({
  store,
  asOf,
  stale,
  selection,
  clockOf,
}: Omit<StoreRowsProps, "stores" | "layout"> & { store: StoreListItem }) {
  const { store_id: storeId, state_since: since, last_poll_at: lastPoll } = store;
  const selected = selection.ids.has(storeId);
  const clock = clockOf(store.time_zone);
  const at = (instant: string) => timeNear(instant, asOf, clock);
  return (
    <tr data-store-row data-selected={selected || undefined}>
      <td>
        <input
          type="checkbox"
          checked={selected}
          aria-label={`Select ${store.name ?? storeId}`}
          onChange={() => {
            selection.toggle(storeId);
          }}
        />
      </td>
      <th scope="row">
        <Link href={`/stores/${storeId}`} prefetch={false} data-store-id={storeId}>
          {store.name ?? storeId}
          {store.name !== null && <span>{storeId}</span>}
        </Link>
      </th>
      <td>
        <StatePill state={store.state} stale={stale} />
      </td>
      <td>
        {since === null ? (
          "—"
        ) : (
          <>
            <Instant at={since}>{at(since)}</Instant>
            <span>{ageAt(asOf, since)}</span>
          </>
        )}
      </td>
      <td>{hourText(store.uptime_ratio.hour, store.down_ms.hour)}</td>
      <td>
        <UptimeFigure ratio={store.uptime_ratio.day} coverage={store.coverage.day} />
      </td>
      <td>
        <UptimeFigure ratio={store.uptime_ratio.week} coverage={store.coverage.week} />
      </td>
      <td>{formatOpenTime(store.down_ms.week)}</td>
      <td>{formatPercent(store.coverage.week, 0)}</td>
      <td>{lastPoll === null ? "Never" : <Instant at={lastPoll}>{at(lastPoll)}</Instant>}</td>
    </tr>
  );
}

/** One page of stores: a table, and on screens that are too narrow for it a card a store (app/store-list.css). */
export function StoreTable({ params, ...rows }: StoreRowsProps & { readonly params: FleetParams }) {
  const { stores, selection, layout } = rows;
  const hidden = fleetColumns.filter((column) => !layout.columns.includes(column));
  const ids = stores.map((store) => store.store_id);
  const all = ids.every((id) => selection.ids.has(id));
  return (
    <div className="lg:border-line lg:bg-panel lg:rounded-panel lg:overflow-x-auto lg:border xl:overflow-visible">
      <StateMarks />
      <table className="store-list" data-density={layout.density} data-hidden={hidden.join(" ")}>
        <caption className="sr-only">Stores</caption>
        <thead className="text-muted text-xs">
          <tr>
            <td>
              <input
                type="checkbox"
                checked={all}
                aria-label="Select all stores on this page"
                onChange={() => {
                  selection.toggleAll(ids);
                }}
              />
            </td>
            {columns.map((column) => (
              <ColumnHead key={column.label} column={column} params={params} />
            ))}
          </tr>
        </thead>
        <tbody>
          {stores.map((store) => (
            <StoreRow key={store.store_id} store={store} {...rows} />
          ))}
        </tbody>
      </table>
    </div>
  );
}
