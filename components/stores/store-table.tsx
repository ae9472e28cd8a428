import clsx from "clsx";
import { ArrowDown, ArrowUp } from "lucide-react";
import Link from "next/link";
import { Instant } from "@/components/ui/instant";
import { filteredHref, type FleetParams } from "@/lib/client/page-params";
import type { StoreListItem, StoreSort } from "@/lib/contract/stores";
import { formatOpenTime } from "@/lib/format/duration";
import { formatPercent } from "@/lib/format/percent";
import { timeNear } from "@/lib/format/zoned-time";
import { StatePill } from "./state-pill";
import { ageAt, StoreLabel, UptimeFigure } from "./store-figures";
import type { Selection } from "./use-selection";

export interface StoreRowsProps {
  readonly stores: readonly StoreListItem[];
  readonly asOf: string;
  readonly stale: boolean;
  readonly selection: Selection;
  /** The zone of the times; null: of each store its own. */
  readonly zone: string | null;
}

interface Column {
  readonly label: string;
  /** The order a click gives first, and the one that the next click gives. */
  readonly sorts?: readonly [StoreSort, StoreSort];
  readonly className: string;
}

const columns: readonly Column[] = [
  { label: "Store", sorts: ["name", "-name"], className: "text-left" },
  { label: "State", sorts: ["state", "-state"], className: "text-left" },
  { label: "Since", sorts: ["-state_since", "state_since"], className: "text-left" },
  { label: "1 h uptime", sorts: ["uptime_hour", "-uptime_hour"], className: "text-right" },
  { label: "24 h uptime", sorts: ["uptime_day", "-uptime_day"], className: "text-left" },
  { label: "7 d uptime", sorts: ["uptime_week", "-uptime_week"], className: "text-left" },
  { label: "Down in 7 d", sorts: ["-down_week", "down_week"], className: "text-right" },
  { label: "Checked", sorts: ["coverage_week", "-coverage_week"], className: "text-right" },
  { label: "Last check", className: "text-right max-xl:hidden" },
];

function ColumnHead({ column, params }: { column: Column; params: FleetParams }) {
  const { label, sorts, className } = column;
  const chosen = sorts?.includes(params.sort) ?? false;
  const descending = params.sort.startsWith("-");
  const Arrow = descending ? ArrowDown : ArrowUp;
  const next = sorts && (params.sort === sorts[0] ? sorts[1] : sorts[0]);
  return (
    <th
      scope="col"
      aria-sort={chosen ? (descending ? "descending" : "ascending") : undefined}
      className={clsx("h-10 px-3 font-medium whitespace-nowrap last:pr-4", className)}
    >
      {next ? (
        <Link
          href={filteredHref(params, { sort: next })}
          scroll={false}
          className={clsx(
            "inline-flex h-6 items-center gap-1 rounded",
            className.startsWith("text-right") && "flex-row-reverse",
            chosen ? "text-ink" : "hover:text-ink",
          )}
        >
          {label}
          <Arrow aria-hidden className={clsx("size-3.5", !chosen && "opacity-0")} />
        </Link>
      ) : (
        label
      )}
    </th>
  );
}

const cell = "px-3 py-1.5 whitespace-nowrap";

function StoreRow({ store, asOf, stale, selection, zone }: Omit<StoreRowsProps, "stores"> & { store: StoreListItem }) {
  const { store_id: storeId, state_since: since, last_poll_at: lastPoll } = store;
  const selected = selection.ids.has(storeId);
  const at = (instant: string) => timeNear(instant, asOf, zone ?? store.time_zone);
  return (
    <tr
      data-store-row
      className={clsx("border-line border-t", selected ? "bg-accent-soft" : "hover:bg-sunken focus-within:bg-sunken")}
    >
      <td className="w-10 py-1.5 pl-4">
        <input
          type="checkbox"
          checked={selected}
          aria-label={`Select ${store.name ?? storeId}`}
          onChange={() => {
            selection.toggle(storeId);
          }}
          className="accent-accent block size-6 p-1 xl:size-4"
        />
      </td>
      <th scope="row" className="w-80 min-w-44 px-3 py-1.5 text-left font-medium">
        <Link
          href={`/stores/${storeId}`}
          prefetch={false}
          data-store-id={storeId}
          className="hover:text-accent inline-block min-h-6 py-0.5 hover:underline"
        >
          <StoreLabel store={store} />
        </Link>
      </th>
      <td className={cell}>
        <StatePill state={store.state} stale={stale} />
      </td>
      <td className={cell}>
        {since === null ? (
          <span className="text-muted">—</span>
        ) : (
          <>
            <Instant at={since}>{at(since)}</Instant>
            <span className="text-muted block text-xs">{ageAt(asOf, since)}</span>
          </>
        )}
      </td>
      <td className={clsx(cell, "text-right")}>{formatPercent(store.uptime_ratio.hour)}</td>
      <td className={cell}>
        <UptimeFigure ratio={store.uptime_ratio.day} coverage={store.coverage.day} />
      </td>
      <td className={cell}>
        <UptimeFigure ratio={store.uptime_ratio.week} coverage={store.coverage.week} />
      </td>
      <td className={clsx(cell, "text-right")}>{formatOpenTime(store.down_ms.week)}</td>
      <td className={clsx(cell, "text-right")}>{formatPercent(store.coverage.week, 0)}</td>
      <td className={clsx(cell, "pr-4 text-right max-xl:hidden")}>
        {lastPoll === null ? (
          <span className="text-muted">Never</span>
        ) : (
          <Instant at={lastPoll}>{at(lastPoll)}</Instant>
        )}
      </td>
    </tr>
  );
}

/** One page of stores, for screens that are wide enough. */
export function StoreTable({ params, ...rows }: StoreRowsProps & { readonly params: FleetParams }) {
  const { stores, selection } = rows;
  const ids = stores.map((store) => store.store_id);
  const all = ids.every((id) => selection.ids.has(id));
  return (
    <div className="border-line bg-panel rounded-panel hidden overflow-x-auto border lg:block">
      <table className="w-full border-collapse">
        <caption className="sr-only">Stores</caption>
        <thead className="text-muted text-xs">
          <tr>
            <td className="w-10 pl-4">
              <input
                type="checkbox"
                checked={all}
                aria-label="Select all stores of this page"
                onChange={() => {
                  selection.toggleAll(ids);
                }}
                className="accent-accent block size-6 p-1 xl:size-4"
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
