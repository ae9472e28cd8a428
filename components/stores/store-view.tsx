"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { ReportPanel } from "@/components/reports/report-panel";
import { useNow } from "@/components/ui/clock";
import { ErrorView } from "@/components/ui/error-view";
import { AddressNotices } from "@/components/ui/notice";
import type { StoreParams } from "@/lib/client/page-params";
import { storeQueries } from "@/lib/client/store-queries";
import { fullTime, zoneAbbreviation } from "@/lib/format/zoned-time";
import { BusinessHours } from "./business-hours";
import { DataAgeBanner } from "./data-age-banner";
import { isStale } from "./state-words";
import { StoreHeader } from "./store-header";
import { StoreSkeleton } from "./store-skeleton";
import { UptimeCards } from "./uptime-cards";
import { UptimeTimeline } from "./uptime-timeline";

/** Below the first screen, so its scripts and its data come after the rest. */
const LazyStoreHistory = dynamic(() => import("./store-history").then((module) => module.StoreHistory), {
  ssr: false,
  loading: () => <div className="skeleton mt-3 h-[420px]" />,
});

interface StoreViewProps {
  readonly storeId: string;
  readonly params: StoreParams;
  readonly notices: readonly string[];
  readonly renderedAt: number;
}

/** One store: what it is doing, its three windows, where the time went, its hours and its report. */
export function StoreView({ storeId, params, notices, renderedAt }: StoreViewProps) {
  const now = useNow(renderedAt);
  const detail = useQuery(storeQueries.detail(storeId));
  const uptime = useQuery(storeQueries.uptime(storeId, params.window));
  const failed = detail.data ? uptime : detail;

  if (!detail.data || !uptime.data) {
    return failed.error ? (
      <ErrorView
        title="The store could not be loaded"
        error={failed.error}
        onRetry={() => {
          void detail.refetch();
          void uptime.refetch();
        }}
      />
    ) : (
      <StoreSkeleton />
    );
  }

  const { as_of: asOf, time_zone: zone } = detail.data;
  return (
    <>
      <StoreHeader store={detail.data} stale={isStale(asOf, now)} />
      <AddressNotices notices={notices} />
      <DataAgeBanner
        asOf={asOf}
        asOfText={`${fullTime(asOf, zone)} ${zoneAbbreviation(asOf, zone)}`}
        renderedAt={renderedAt}
      />
      <UptimeCards uptime={uptime.data} />
      <div className="mt-3 grid items-start gap-3 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <UptimeTimeline uptime={uptime.data} params={params} />
        <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-1">
          <ReportPanel storeId={storeId} params={params} />
          <BusinessHours store={detail.data} />
        </div>
      </div>
      <LazyStoreHistory storeId={storeId} />
    </>
  );
}
