"use client";

import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { buttonClass } from "@/components/ui/button";
import { SegmentedLinks } from "@/components/ui/segmented-links";
import { fleetCsvHref, fleetDefaults, filteredHref, newReportHref, type FleetParams } from "@/lib/client/page-params";
import { isFiltered } from "@/lib/client/store-filters";
import { storeQueries } from "@/lib/client/store-queries";
import { oneOf, storeSorts } from "@/lib/contract/enums";
import type { Fleet } from "@/lib/contract/fleet";
import { fleetColumns } from "@/lib/client/fleet-layout";
import { LayoutMenu } from "./layout-menu";
import type { FleetLayoutChoice } from "./use-fleet-layout";
import { estimateText } from "./uptime-text";
import { FleetSearch } from "./fleet-search";
import { LabelSelect, selectClass } from "./label-select";
import { SavedViews } from "./saved-views";
import { sortText } from "./sort-text";

interface FleetToolbarProps {
  readonly params: FleetParams;
  readonly matching: number;
  readonly fleet: Pick<Fleet, "windows" | "newest_poll_at">;
  readonly layout: FleetLayoutChoice;
}

/** Presets, search, filters and order. All of them are parameters of the address, and the server applies them. */
export function FleetToolbar({ params, matching, fleet, layout }: FleetToolbarProps) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const { data: labels } = useQuery(storeQueries.labels());
  const go = (change: Partial<FleetParams>) => {
    startTransition(() => {
      router.push(filteredHref(params, change), { scroll: false });
    });
  };
  return (
    <div className="mt-3 mb-3 grid gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <SegmentedLinks
          label="Presets"
          choices={[
            { href: filteredHref(params, { preset: null }), label: "All stores", chosen: params.preset === null },
            {
              href: filteredHref(params, { preset: "needs_attention" }),
              label: "Needs attention",
              chosen: params.preset === "needs_attention",
            },
            {
              href: filteredHref(params, { preset: "on_track" }),
              label: "Healthy",
              chosen: params.preset === "on_track",
            },
          ]}
        />
        <div className="flex flex-wrap items-center gap-3">
          <p role="status" className="text-muted">
            {matching === 1 ? "1 store" : `${matching.toLocaleString("en-US")} stores`}
          </p>
          {fleet.windows !== null && fleet.newest_poll_at !== null && (
            <a
              href="#fleet-uptime"
              className="text-muted hover:text-ink flex min-h-6 items-center underline-offset-2 hover:underline"
            >
              Uptime 7d {estimateText(fleet.windows.week)}
            </a>
          )}
          {isFiltered(params) && (
            <Link href={newReportHref(params)} prefetch={false} className={buttonClass()}>
              Create report
            </Link>
          )}
          <Link href="/rollups" prefetch={false} className={buttonClass()}>
            Roll-ups
          </Link>
          <LayoutMenu layout={layout} />
          <SavedViews
            params={{ ...params, columns: layout.columns.length === fleetColumns.length ? null : layout.columns }}
          />
          <a href={fleetCsvHref(params)} download className={buttonClass()}>
            <Download aria-hidden className="size-4" />
            Download CSV
          </a>
        </div>
      </div>
      <form
        action="/"
        role="search"
        aria-label="Stores"
        className="flex flex-wrap items-center gap-2"
        onSubmit={(event) => {
          event.preventDefault();
        }}
      >
        {params.state !== null && <input type="hidden" name="state" value={params.state} />}
        {params.preset !== null && <input type="hidden" name="preset" value={params.preset} />}
        {params.size !== fleetDefaults.size && <input type="hidden" name="size" value={params.size} />}
        <FleetSearch params={params} hrefOf={filteredHref} hasKey />
        <LabelSelect
          name="brand"
          labels={labels?.brands ?? []}
          value={params.brand}
          onChange={(brand) => {
            go({ brand });
          }}
        />
        <LabelSelect
          name="group"
          labels={labels?.groups ?? []}
          value={params.group}
          onChange={(group) => {
            go({ group });
          }}
        />
        <LabelSelect
          name="tag"
          labels={labels?.tags ?? []}
          value={params.tag}
          onChange={(tag) => {
            go({ tag });
          }}
        />
        <LabelSelect
          name="time_zone"
          labels={[]}
          value={params.storeZone}
          onChange={(storeZone) => {
            go({ storeZone });
          }}
        />
        <select
          aria-label="Sort by"
          name="sort"
          value={params.sort}
          onChange={(event) => {
            go({ sort: oneOf(storeSorts, event.target.value) ?? fleetDefaults.sort });
          }}
          className={selectClass}
        >
          {storeSorts.map((sort) => (
            <option key={sort} value={sort}>
              {sortText[sort]}
            </option>
          ))}
        </select>
        <noscript>
          <button type="submit" className={buttonClass()}>
            Search
          </button>
        </noscript>
        <span role="status" className="text-muted text-xs">
          {isPending ? "Searching…" : ""}
        </span>
      </form>
      {params.preset !== null && (
        <p className="text-muted text-xs">
          {params.preset === "needs_attention"
            ? "Offline now, or under 95% uptime in the last 24 h"
            : "Online or closed now, and not under 95% uptime in the last 24 h"}
        </p>
      )}
    </div>
  );
}
