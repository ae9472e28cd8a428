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
      className={clsx("h-10 py-0! font-medium last:pr-4!", className)}
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

function StoreRow({ store, asOf, stale, selection, zone }: Omit<StoreRowsProps, "stores"> & { store: StoreListItem }) {
  const { store_id: storeId, state_since: since, last_poll_at: lastPoll } = store;
  const selected = selection.ids.has(storeId);
  const at = (instant: string) => timeNear(instant, asOf, zone ?? store.time_zone);
  return (
    <tr
      data-store-row

      className={selected ? "bg-accent-soft" : "lg:hover:bg-sunken lg:focus-within:bg-sunken"}
    >
      <td className="w-10 pl-4! max-lg:hidden">
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
      <th scope="row" className="text-left font-medium lg:w-80 lg:min-w-44">
        <Link
          href={`/stores/${storeId}`}
          prefetch={false}
          data-store-id={storeId}
          className="hover:text-accent inline-block min-h-6 py-0.5 max-lg:after:absolute max-lg:after:inset-0 lg:hover:underline"
        >
          <StoreLabel store={store} />
        </Link>
      </th>
      <td>
        <StatePill state={store.state} stale={stale} />
      </td>
      <td className="max-lg:order-1" data-small="Since">
        {since === null ? (
          <span className="text-muted">—</span>
        ) : (
          <>
            <Instant at={since}>{at(since)}</Instant>
            <span className="text-muted text-xs lg:block max-lg:before:content-['_·_']">{ageAt(asOf, since)}</span>
          </>
        )}
      </td>
      <td className="text-right max-lg:hidden">{formatPercent(store.uptime_ratio.hour)}</td>
      <td data-label="24 h uptime">
        <UptimeFigure ratio={store.uptime_ratio.day} coverage={store.coverage.day} />
      </td>
      <td data-label="7 d uptime">
        <UptimeFigure ratio={store.uptime_ratio.week} coverage={store.coverage.week} />
      </td>
      <td data-label="Down in 7 d" className="text-right">
        {formatOpenTime(store.down_ms.week)}
      </td>
      <td data-small="Checked" className="text-right max-lg:order-1">
        {formatPercent(store.coverage.week, 0)}
      </td>
      <td
        data-small="Last check"
        className="pr-4! text-right max-xl:hidden max-lg:order-1 max-lg:block max-lg:p-0! max-lg:text-left"
      >
        {lastPoll === null ? (
          <span className="text-muted">Never</span>
        ) : (
          <Instant at={lastPoll}>{at(lastPoll)}</Instant>
        )}
      </td>
    </tr>
  );
}

/** What every cell has is said of the table, or each page would carry it hundreds of times. */
const tableLook = clsx(
  "w-full border-collapse max-lg:block lg:[&_:is(td,th)]:px-3 lg:[&_:is(td,th)]:py-1.5",
  "lg:[&_:is(td,thead_th)]:whitespace-nowrap lg:[&_tbody_tr]:border-line lg:[&_tbody_tr]:border-t",
);

/** On a phone each row is a card: its cells with their columns' names before them, but for the name and the state. */
const cardLook = clsx(
  "max-lg:grid max-lg:gap-2 max-lg:sm:grid-cols-2",
  "max-lg:[&_tr]:border-line max-lg:[&_tr]:bg-panel max-lg:[&_tr]:rounded-panel max-lg:[&_tr]:relative max-lg:[&_tr]:border",
  "max-lg:[&_tr]:grid max-lg:[&_tr]:grid-cols-[1fr_auto] max-lg:[&_tr]:content-start max-lg:[&_tr]:gap-x-3 max-lg:[&_tr]:gap-y-1 max-lg:[&_tr]:p-3",
  "max-lg:[&_[data-label]]:col-span-2 max-lg:[&_[data-label]]:flex max-lg:[&_[data-label]]:justify-between",
  "max-lg:[&_[data-label]]:before:text-muted max-lg:[&_[data-label]]:before:content-[attr(data-label)]",
  "max-lg:[&_[data-small]]:text-muted max-lg:[&_[data-small]]:text-xs max-lg:[&_[data-small]]:before:content-[attr(data-small)_'_']",
);

/** One page of stores: a table, and on screens that are too narrow for it a card a store. */
export function StoreTable({ params, ...rows }: StoreRowsProps & { readonly params: FleetParams }) {
  const { stores, selection } = rows;
  const ids = stores.map((store) => store.store_id);
  const all = ids.every((id) => selection.ids.has(id));
  return (
    <div className="lg:border-line lg:bg-panel lg:rounded-panel lg:overflow-x-auto lg:border">
      <table className={tableLook}>
        <caption className="sr-only">Stores</caption>
        <thead className="text-muted text-xs max-lg:hidden">
          <tr>
            <td className="w-10 pl-4!">
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
        <tbody className={cardLook}>
          {stores.map((store) => (
            <StoreRow key={store.store_id} store={store} {...rows} />
          ))}
        </tbody>
      </table>
    </div>
  );
}
