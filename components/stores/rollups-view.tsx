"use client";

import { useQuery } from "@tanstack/react-query";
import clsx from "clsx";
import Link from "next/link";
import type { ReactNode } from "react";
import { AsyncPanel } from "@/components/ui/async-panel";
import { BackLink } from "@/components/ui/back-link";
import { EmptyState } from "@/components/ui/empty-state";
import { UtcInstant } from "@/components/ui/instant";
import { AddressNotices } from "@/components/ui/notice";
import { RefreshNotice } from "@/components/ui/refresh-notice";
import { SegmentedLinks } from "@/components/ui/segmented-links";
import { SplitBar } from "@/components/ui/split-bar";
import { filteredHref, fleetDefaults } from "@/lib/client/page-params";
import { storeQueries } from "@/lib/client/store-queries";
import { rollupKinds, type RollupKind } from "@/lib/contract/enums";
import type { Rollups } from "@/lib/contract/fleet";
import type { Estimate } from "@/lib/contract/uptime";
import { formatOpenTime } from "@/lib/format/duration";
import { formatPercent } from "@/lib/format/percent";
import { estimateText } from "./uptime-text";

type Rollup = Rollups["rollups"][number];

const kindText: Record<RollupKind, { readonly name: string; readonly none: string }> = {
  brand: { name: "Brand", none: "No brand" },
  group: { name: "Group", none: "No group" },
  time_zone: { name: "Time zone", none: "Assumed: America/Chicago" },
  tag: { name: "Tag", none: "No tag" },
};

/** Lowest 7-day uptime first; without data last. */
function worstFirst(a: Rollup, b: Rollup): number {
  return (a.windows.week.uptime_ratio ?? 2) - (b.windows.week.uptime_ratio ?? 2) || b.stores - a.stores;
}

const filterOf: Record<RollupKind, "brand" | "group" | "storeZone" | "tag"> = {
  brand: "brand",
  group: "group",
  time_zone: "storeZone",
  tag: "tag",
};

/** A label; it leads to its stores. */
function LabelText({ rollup: { label }, by }: { rollup: Rollup; by: RollupKind }): ReactNode {
  if (label === null)
    return <span className="text-muted inline-block min-h-6 py-0.5 font-normal">{kindText[by].none}</span>;
  return (
    <Link
      href={filteredHref(fleetDefaults, { [filterOf[by]]: label })}
      prefetch={false}
      className="inline-block min-h-6 py-0.5 underline-offset-2 hover:underline"
    >
      {label}
    </Link>
  );
}

function Uptime({ estimate }: { estimate: Estimate }) {
  const { open_ms: open, up_ms: up, down_ms: down, unknown_ms: unknown } = estimate;
  const share = (ms: number) => (open === 0 ? 0 : ms / open);
  return (
    <span className="flex items-center justify-end gap-2">
      {estimateText(estimate)}
      <SplitBar className="h-2 w-16 max-lg:hidden" up={share(up)} down={share(down)} unknown={share(unknown)} />
    </span>
  );
}

/** What has no room on a phone. */
const notOnPhones: readonly string[] = ["Offline", "Downtime (7d)", "Coverage"];

function RollupTable({ rollups, by }: { rollups: readonly Rollup[]; by: RollupKind }) {
  const cell = "px-3 py-1.5 text-right whitespace-nowrap max-sm:px-2";
  return (
    <div
      role="region"
      aria-label="Roll-ups"
      tabIndex={0}
      className="border-line bg-panel rounded-panel overflow-x-auto border"
    >
      <table className="w-full border-collapse">
        <caption className="sr-only">Roll-ups, lowest 7-day uptime first</caption>
        <thead className="text-muted text-xs">
          <tr>
            {[kindText[by].name, "Stores", "Offline", "Uptime 24h", "Uptime 7d", "Downtime (7d)", "Coverage"].map(
              (word, index) => (
                <th
                  key={word}
                  scope="col"
                  className={clsx(
                    "h-10 px-3 font-medium whitespace-nowrap max-sm:px-2",
                    index === 0 ? "pl-4 text-left max-sm:pl-4" : "text-right",
                    notOnPhones.includes(word) && "max-sm:hidden",
                  )}
                >
                  {word}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {rollups.toSorted(worstFirst).map((rollup) => (
            <tr key={rollup.label ?? ""} className="border-line hover:bg-sunken border-t">
              <th scope="row" className="min-w-40 max-sm:min-w-0 py-1.5 pr-3 pl-4 text-left font-medium">
                <LabelText rollup={rollup} by={by} />
              </th>
              <td className={cell}>{rollup.stores.toLocaleString("en-US")}</td>
              <td className={`${cell} max-sm:hidden`}>{rollup.offline.toLocaleString("en-US")}</td>
              <td className={cell}>
                <Uptime estimate={rollup.windows.day} />
              </td>
              <td className={cell}>
                <Uptime estimate={rollup.windows.week} />
              </td>
              <td className={`${cell} max-sm:hidden`}>{formatOpenTime(rollup.windows.week.down_ms)}</td>
              <td className={`${cell} pr-4 max-sm:hidden`}>{formatPercent(rollup.windows.week.coverage, 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The roll-ups of a response, or why there are none. */
export function RollupsFigures({ data, by }: { data: Rollups; by: RollupKind }) {
  const { as_of: asOf, rollups, matching } = data;
  if (asOf === null) {
    return (
      <EmptyState title="Computing the first figures…">
        <p>Roll-ups appear with them, once checks have been imported.</p>
      </EmptyState>
    );
  }
  if (rollups.length === 0) {
    return (
      <EmptyState title="No stores yet">
        <p>Roll-ups appear with the first stores.</p>
      </EmptyState>
    );
  }
  return (
    <>
      <p className="text-muted mb-2">
        As of <UtcInstant at={asOf} />.
        {matching > rollups.length &&
          ` Showing the ${rollups.length.toLocaleString("en-US")} of ${matching.toLocaleString("en-US")} rows with the most stores.`}
      </p>
      <RollupTable rollups={rollups} by={by} />
    </>
  );
}

/** Uptime by brand, group or time zone. */
export function RollupsView({ by, notices }: { by: RollupKind; notices: readonly string[] }) {
  const rollups = useQuery(storeQueries.rollups(by));
  return (
    <>
      <BackLink href="/" label="All stores" />
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-xl font-semibold tracking-tight">Roll-ups</h1>
        <SegmentedLinks
          label="Roll up by"
          choices={rollupKinds.map((kind) => ({
            href: kind === "brand" ? "/rollups" : `/rollups?by=${kind}`,
            label: kindText[kind].name,
            chosen: kind === by,
          }))}
        />
      </div>
      <p className="text-muted mb-3 text-pretty">
        Uptime = up ÷ (up + down), summed over the row’s stores. Not an average of percentages.
      </p>
      <AddressNotices notices={notices} />
      <RefreshNotice queries={[rollups]} />
      <AsyncPanel what="roll-ups" query={rollups} height="h-96">
        {(data) => <RollupsFigures data={data} by={by} />}
      </AsyncPanel>
    </>
  );
}
