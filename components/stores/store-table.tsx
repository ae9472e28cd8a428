import clsx from "clsx";
import { ArrowDown, ArrowUp } from "lucide-react";
import type { MouseEventHandler, PointerEvent } from "react";
import { useTimeStyle } from "@/components/ui/reader";
import { useFollowLink } from "@/components/ui/use-follow-link";
import { filteredHref, type FleetParams } from "@/lib/client/page-params";
import type { StoreListItem, StoreSort } from "@/lib/contract/stores";
import { formatOpenTime } from "@/lib/format/duration";
import { dateLanguage } from "@/lib/format/language-parts";
import { formatPercent } from "@/lib/format/percent";
import { timeNear } from "@/lib/format/time-range";
import { utcTime, type Clock } from "@/lib/format/zoned-time";
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

interface ColumnHeadProps {
  readonly column: Column;
  readonly params: FleetParams;
  readonly onSort: MouseEventHandler<HTMLAnchorElement>;
}

function ColumnHead({ column, params, onSort }: ColumnHeadProps) {
  const { label, sorts, isFigure } = column;
  const chosen = sorts?.includes(params.sort) ?? false;
  const descending = params.sort.startsWith("-");
  const Arrow = descending ? ArrowDown : ArrowUp;
  const next = sorts && (params.sort === sorts[0] ? sorts[1] : sorts[0]);
  return (
    <th scope="col" aria-sort={chosen ? (descending ? "descending" : "ascending") : undefined} className="font-medium">
      {next ? (
        <a
          href={filteredHref(params, { sort: next })}
          onClick={onSort}
          className={clsx(
            "inline-flex h-6 items-center gap-1 rounded",
            isFigure && "flex-row-reverse",
            chosen ? "text-ink" : "hover:text-ink",
          )}
        >
          {label}
          {chosen ? <Arrow aria-hidden className="size-3.5" /> : <span className="w-3.5" />}
        </a>
      ) : (
        label
      )}
    </th>
  );
}

interface StoreRowProps extends Omit<StoreRowsProps, "stores" | "layout"> {
  readonly store: StoreListItem;
  /** The language of dates; undefined where it is that of the page. */
  readonly lang: string | undefined;
  readonly onFollow: MouseEventHandler<HTMLAnchorElement>;
}

/** Of few elements and attributes: a page has it up to 200 times, and a component costs the server as much as a cell. */
function StoreRow({ store, asOf, stale, selection, clockOf, lang, onFollow }: StoreRowProps) {
  const { store_id: storeId, state_since: since, last_poll_at: lastPoll } = store;
  const selected = selection.ids.has(storeId);
  const clock = clockOf(store.time_zone);
  const at = (instant: string) => timeNear(instant, asOf, clock);
  return (
    <tr data-selected={selected || undefined}>
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
        <a href={`/stores/${storeId}`} data-store-id={storeId} onClick={onFollow}>
          {store.name ?? storeId}
          {store.name !== null && <span>{storeId}</span>}
        </a>
      </th>
      <td>
        <StatePill state={store.state} stale={stale} />
      </td>
      <td>
        {since === null ? (
          "—"
        ) : (
          <>
            <time dateTime={since} lang={lang}>
              {at(since)}
            </time>
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
      <td>
        {lastPoll === null ? (
          "Never"
        ) : (
          <time dateTime={lastPoll} lang={lang}>
            {at(lastPoll)}
          </time>
        )}
      </td>
    </tr>
  );
}

/** Shows an instant in UTC, or a name that is cut off, beside the pointer. In the document it would stand a hundred times. */
function showAll({ target }: PointerEvent): void {
  if (target instanceof HTMLTimeElement) target.title = utcTime(target.dateTime);
  const link = target instanceof Element ? target.closest<HTMLElement>("tbody th a") : null;
  if (link !== null && link.scrollWidth > link.clientWidth) link.title = link.firstChild?.textContent ?? "";
}

/** One page of stores: a table, and on screens that are too narrow for it a card a store (app/store-list.css). */
export function StoreTable({ params, ...rows }: StoreRowsProps & { readonly params: FleetParams }) {
  const { stores, selection, layout } = rows;
  const hidden = fleetColumns.filter((column) => !layout.columns.includes(column));
  const lang = dateLanguage(useTimeStyle());
  const onFollow = useFollowLink();
  const onSort = useFollowLink({ scroll: false });
  const ids = stores.map((store) => store.store_id);
  const all = ids.every((id) => selection.ids.has(id));
  return (
    <div className="lg:border-line lg:bg-panel lg:rounded-panel lg:overflow-x-auto lg:border xl:overflow-visible">
      <StateMarks />
      <table
        className="store-list"
        data-density={layout.density}
        data-hidden={hidden.join(" ")}
        onPointerOver={showAll}
      >
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
              <ColumnHead key={column.label} column={column} params={params} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {stores.map((store) => (
            <StoreRow key={store.store_id} store={store} lang={lang} onFollow={onFollow} {...rows} />
          ))}
        </tbody>
      </table>
    </div>
  );
}
