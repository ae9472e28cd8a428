"use client";

import { useQuery } from "@tanstack/react-query";
import clsx from "clsx";
import Link from "next/link";
import { windowText } from "@/components/stores/uptime-text";
import { AsyncPanel } from "@/components/ui/async-panel";
import { Panel } from "@/components/ui/panel";
import { SegmentedLinks } from "@/components/ui/segmented-links";
import { SplitBar } from "@/components/ui/split-bar";
import { reportHref } from "@/lib/client/report-params";
import { reportQueries } from "@/lib/client/report-queries";
import { windowNames } from "@/lib/contract/enums";
import type { ReportSummary as Summary } from "@/lib/contract/report-summary";
import { formatOpenTime } from "@/lib/format/duration";
import { formatPercent } from "@/lib/format/percent";
import type { WindowName } from "@/lib/uptime/types";
import { bandText } from "./report-text";

/** The sums of the three windows side by side. */
function Totals({ totals }: { totals: Summary["totals"] }) {
  return (
    <dl className="grid gap-4 sm:grid-cols-3">
      {windowNames.map((name) => {
        const { up_ms: up, down_ms: down, unknown_ms: unknown, uptime_ratio: ratio, coverage } = totals[name];
        const whole = up + down + (unknown ?? 0);
        const share = (ms: number) => (whole === 0 ? 0 : ms / whole);
        return (
          <div key={name}>
            <dt className="text-muted">{windowText[name]}</dt>
            <dd className="mt-0.5 text-2xl font-semibold tracking-tight">{formatPercent(ratio)}</dd>
            <dd className="my-1.5">
              <SplitBar className="h-2" up={share(up)} down={share(down)} unknown={share(unknown ?? 0)} />
            </dd>
            <dd className="text-muted text-xs">
              {formatOpenTime(down)} down{coverage === null ? "" : `, ${formatPercent(coverage, 0)} monitored`}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

/** How many stores have which uptime: bars whose lengths are told beside them. */
function Distribution({ summary }: { summary: Summary }) {
  const rows = [
    ...summary.distribution.map(({ from, to, stores }) => ({ word: bandText(from, to), stores, known: true })),
    { word: "No data", stores: summary.without_ratio, known: false },
  ];
  const most = Math.max(1, ...rows.map(({ stores }) => stores));
  return (
    <table className="w-full border-collapse">
      <caption className="mb-1 text-left font-semibold">Stores by uptime</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">Uptime</th>
          <th scope="col">Share</th>
          <th scope="col">Stores</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ word, stores, known }) => (
          <tr key={word}>
            <th scope="row" className="h-7 w-px pr-3 text-left font-normal whitespace-nowrap">
              {word}
            </th>
            <td aria-hidden className="w-full">
              {stores > 0 && (
                <div
                  className={clsx(
                    "h-3 rounded-sm",
                    known ? "fill-state-up" : "fill-state-unknown border-line-strong border",
                  )}
                  style={{ width: `max(3px, ${((stores / most) * 100).toFixed(2)}%)` }}
                />
              )}
            </td>
            <td className="pl-3 text-right">{stores.toLocaleString("en-US")}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function WorstStores({ worst }: { worst: Summary["worst"] }) {
  if (worst.length === 0) {
    return (
      <div>
        <h3 className="font-semibold">Worst stores</h3>
        <p className="text-muted mt-1">No store had downtime in this period.</p>
      </div>
    );
  }
  const cell = "py-1 pl-3 text-right whitespace-nowrap";
  return (
    <div className="overflow-x-auto" tabIndex={0} role="region" aria-label="Worst stores">
      <table className="w-full border-collapse">
        <caption className="mb-1 text-left font-semibold">Worst stores</caption>
        <thead className="text-muted text-xs">
          <tr>
            <th scope="col" className="py-1 text-left font-medium">
              Store
            </th>
            <th scope="col" className={`${cell} font-medium`}>
              Uptime
            </th>
            <th scope="col" className={`${cell} font-medium`}>
              Downtime
            </th>
            <th scope="col" className={`${cell} font-medium max-sm:hidden`}>
              Coverage
            </th>
          </tr>
        </thead>
        <tbody>
          {worst.map(({ store_id: storeId, name, uptime_ratio: ratio, down_ms: down, coverage }) => (
            <tr key={storeId} className="border-line border-t">
              <th scope="row" className="min-w-32 py-1 text-left font-medium">
                <Link
                  href={`/stores/${storeId}`}
                  prefetch={false}
                  className="hover:text-accent inline-block min-h-6 py-0.5 break-words hover:underline"
                >
                  {name ?? <span className="break-all">{storeId}</span>}
                </Link>
              </th>
              <td className={cell}>{formatPercent(ratio)}</td>
              <td className={cell}>{formatOpenTime(down)}</td>
              <td className={`${cell} max-sm:hidden`}>{formatPercent(coverage, 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A complete report in short: its sums, how its stores are spread, and the worst of them. */
export function ReportSummary({ reportId, window }: { reportId: number; window: WindowName }) {
  const query = useQuery(reportQueries.summary(reportId, window));
  return (
    <Panel
      title="Summary"
      id="summary"
      aside={
        <SegmentedLinks
          label="Period"
          choices={windowNames.map((name) => ({
            href: reportHref(reportId, name),
            label: { hour: "Hour", day: "Day", week: "Week" }[name],
            chosen: name === window,
          }))}
        />
      }
    >
      <AsyncPanel what="the summary" query={query} height="h-[440px]">
        {(summary) => (
          <div className="grid gap-6">
            <Totals totals={summary.totals} />
            <div className="grid items-start gap-6 xl:grid-cols-2">
              <Distribution summary={summary} />
              <WorstStores worst={summary.worst} />
            </div>
          </div>
        )}
      </AsyncPanel>
    </Panel>
  );
}
