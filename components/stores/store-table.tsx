import clsx from "clsx";
import { ArrowDown, ArrowUp } from "lucide-react";
import Link from "next/link";
import { Instant } from "@/components/ui/instant";
import { filteredHref, type FleetParams } from "@/lib/client/page-params";
import type { StoreListItem, StoreSort } from "@/lib/contract/stores";
import { formatOpenTime } from "@/lib/format/duration";
import { formatPercent } from "@/lib/format/percent";
import { StatePill } from "./state-pill";
import { ageAt, StoreLabel, UptimeFigure } from "./store-figures";

interface StoreTableProps {
  readonly stores: readonly StoreListItem[];
  readonly asOf: string;
  readonly params: FleetParams;
  readonly stale: boolean;
}

interface Column {
  readonly label: string;
  /** The order a click gives first, and the one that the next click gives. */
  readonly sorts?: readonly [StoreSort, StoreSort?];
  readonly right?: boolean;
}

const columns: readonly Column[] = [
  { label: "Store", sorts: ["store_id"] },
  { label: "State" },
  { label: "24 h uptime", sorts: ["uptime_day", "-uptime_day"] },
  { label: "7 d uptime", sorts: ["uptime_week", "-uptime_week"] },
  { label: "Down in 7 d", sorts: ["-down_week"], right: true },
  { label: "Checked", right: true },
  { label: "Last check", right: true },
];

function ColumnHead({ column, params }: { column: Column; params: FleetParams }) {
  const { label, sorts, right } = column;
  const chosen = sorts?.includes(params.sort) ?? false;
  const descending = params.sort.startsWith("-");
  const Arrow = descending ? ArrowDown : ArrowUp;
  const next = sorts && (params.sort === sorts[0] ? (sorts[1] ?? sorts[0]) : sorts[0]);
  return (
    <th
      scope="col"
      aria-sort={chosen ? (descending ? "descending" : "ascending") : undefined}
      className={clsx(
        "h-10 px-3 font-medium whitespace-nowrap first:pl-4 last:pr-4",
        right ? "text-right" : "text-left",
      )}
    >
      {next ? (
        <Link
          href={filteredHref(params, { sort: next })}
          scroll={false}
          className={clsx("inline-flex h-6 items-center gap-1 rounded", chosen ? "text-ink" : "hover:text-ink")}
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

/** One page of stores, for screens that are wide enough. */
export function StoreTable({ stores, asOf, params, stale }: StoreTableProps) {
  return (
    <div className="border-line bg-panel rounded-panel hidden overflow-x-auto border lg:block">
      <table className="w-full border-collapse">
        <caption className="sr-only">Stores</caption>
        <thead className="text-muted text-xs">
          <tr>
            {columns.map((column) => (
              <ColumnHead key={column.label} column={column} params={params} />
            ))}
          </tr>
        </thead>
        <tbody>
          {stores.map((store) => (
            <tr key={store.store_id} className="border-line hover:bg-sunken border-t">
              <th scope="row" className="max-w-80 min-w-48 py-1.5 pr-3 pl-4 text-left font-medium">
                <Link
                  href={`/stores/${store.store_id}`}
                  prefetch={false}
                  className="hover:text-accent inline-block min-h-6 py-0.5 hover:underline"
                >
                  <StoreLabel store={store} />
                </Link>
              </th>
              <td className="px-3 py-1.5 whitespace-nowrap">
                <span className="inline-grid items-center gap-x-2 xl:grid-cols-[8.75rem_auto]">
                  <StatePill state={store.state} stale={stale} />
                  {store.state_since !== null && (
                    <span className="text-muted text-xs">
                      <Instant at={store.state_since}>{`for ${ageAt(asOf, store.state_since)}`}</Instant>
                    </span>
                  )}
                </span>
              </td>
              <td className="px-3 py-1.5">
                <UptimeFigure ratio={store.uptime_ratio.day} coverage={store.coverage.day} />
              </td>
              <td className="px-3 py-1.5">
                <UptimeFigure ratio={store.uptime_ratio.week} coverage={store.coverage.week} />
              </td>
              <td className="px-3 py-1.5 text-right whitespace-nowrap">{formatOpenTime(store.down_ms.week)}</td>
              <td className="px-3 py-1.5 text-right whitespace-nowrap">{formatPercent(store.coverage.week, 0)}</td>
              <td className="py-1.5 pr-4 pl-3 text-right whitespace-nowrap">
                {store.last_poll_at === null ? (
                  <span className="text-muted">Never</span>
                ) : (
                  <Instant at={store.last_poll_at}>{`${ageAt(asOf, store.last_poll_at)} before`}</Instant>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
