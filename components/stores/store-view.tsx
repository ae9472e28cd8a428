"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import Link from "next/link";
import { ReportPanel } from "@/components/reports/report-panel";
import type { ChartStep } from "@/components/charts/chart-data";
import { AsyncPanel } from "@/components/ui/async-panel";
import { useNow } from "@/components/ui/clock";
import { ErrorView } from "@/components/ui/error-view";
import { AddressNotices, Notice } from "@/components/ui/notice";
import { RefreshNotice } from "@/components/ui/refresh-notice";
import { useTimeStyle } from "@/components/ui/reader";
import { useZoneClock } from "@/components/ui/zone-clock";
import { storeQueries } from "@/lib/client/store-queries";
import { windowOf } from "@/lib/client/store-period";
import type { StoreParams } from "@/lib/client/store-params";
import type { StoreRangeUptime } from "@/lib/contract/store-history";
import type { StoreUptime } from "@/lib/contract/uptime";
import { fullTime, readerClock, zoneAbbreviation } from "@/lib/format/zoned-time";
import type { WindowName } from "@/lib/uptime/types";
import { BusinessHours } from "./business-hours";
import { DataAgeBanner } from "./data-age-banner";
import { isStale } from "./state-text";
import { PeriodFigures } from "./period-figures";
import { PeriodPicker } from "./period-picker";
import { periodTitle } from "./period-text";
import { StoreHeader } from "./store-header";
import { StoreSkeleton } from "./store-skeleton";
import { UptimeCards } from "./uptime-cards";
import { UptimeTimeline, type TimelineData } from "./uptime-timeline";
import { ZoneSwitch } from "./zone-switch";

/** Below the first screen, so its scripts and its data come after the rest. */
const LazyStoreHistory = dynamic(() => import("./store-history").then((module) => module.StoreHistory), {
  ssr: false,
  loading: () => <div className="skeleton mt-3 h-[420px]" />,
});

/** The incidents of the week, whose data comes after the figures. */
const LazyIncidents = dynamic(() => import("./incidents-panel").then((module) => module.IncidentsPanel), {
  ssr: false,
  loading: () => <div className="skeleton h-full min-h-80" />,
});

/** Needs data beyond the first screen's, so it comes after that. */
const LazyStoreSentence = dynamic(() => import("./store-sentence-line").then((module) => module.StoreSentenceLine), {
  ssr: false,
});

interface StoreViewProps {
  readonly storeId: string;
  readonly params: StoreParams;
  readonly notices: readonly string[];
  readonly renderedAt: number;
  /** Whether this is the only store that the reader sees. */
  readonly isOnlyStore: boolean;
  /** Whether the reader may change the store. */
  readonly canEdit: boolean;
  /** Whether the reader may upload files. */
  readonly canUpload: boolean;
  /** Whether the reader may open calendars. */
  readonly canOpenCalendars: boolean;
}

function NeverChecked({ canUpload }: { canUpload: boolean }) {
  if (!canUpload) return <Notice>No checks for this store yet.</Notice>;
  return (
    <Notice>
      No checks for this store yet.{" "}
      <Link href="/imports" className="text-accent underline">
        Upload a file
      </Link>{" "}
      or send them through the{" "}
      <Link href="/docs/data#sendPolls" className="text-accent underline">
        API
      </Link>
      .
    </Notice>
  );
}

const stepOf: Record<WindowName, ChartStep> = { hour: "minutes", day: "hour", week: "day" };

function windowDrawn({ buckets, window, as_of: asOf }: StoreUptime): TimelineData {
  return { buckets, step: stepOf[window], asOf };
}

function rangeDrawn(range: StoreRangeUptime | undefined): TimelineData | undefined {
  return range && { buckets: range.buckets, step: range.bucket, asOf: range.as_of };
}

/** One store: what it is doing, its three windows, where the time went, its hours and its report. */
export function StoreView({ storeId, params, notices, renderedAt, isOnlyStore, ...rights }: StoreViewProps) {
  const { canEdit, canUpload, canOpenCalendars } = rights;
  const now = useNow(renderedAt);
  const style = useTimeStyle();
  const detail = useQuery(storeQueries.detail(storeId));
  const { period } = params;
  const window = windowOf(period);
  const uptime = useQuery(storeQueries.uptime(storeId, window ?? "week"));
  const range = useQuery({ ...storeQueries.range(storeId, period), enabled: window === null });
  const gaps = useQuery(storeQueries.pollingGaps());
  const chosen = useZoneClock(params.zone);

  if (!detail.data) {
    return detail.error ? (
      <ErrorView
        title="Couldn’t load this store"
        error={detail.error}
        onRetry={() => {
          void detail.refetch();
        }}
      />
    ) : (
      <StoreSkeleton />
    );
  }

  const { as_of: asOf, last_poll_at: lastPoll } = detail.data;
  const storeClock = readerClock(detail.data.clock, style);
  const clock = params.zone === null ? storeClock : (chosen.clock ?? storeClock);
  const drawn = window === null ? rangeDrawn(range.data) : uptime.data && windowDrawn(uptime.data);
  return (
    <>
      <StoreHeader
        store={detail.data}
        stale={isStale(asOf, now)}
        clock={clock}
        now={now}
        zoneSwitch={<ZoneSwitch storeId={storeId} params={params} />}
        sentence={<LazyStoreSentence storeId={storeId} clock={storeClock} now={now} />}
        isOnlyStore={isOnlyStore}
      />
      <AddressNotices notices={notices} />
      <DataAgeBanner
        asOf={asOf}
        asOfText={`${fullTime(asOf, clock)} ${zoneAbbreviation(asOf, clock)}`}
        renderedAt={renderedAt}
      />
      <RefreshNotice queries={window === null ? [detail, uptime, range] : [detail, uptime]} />
      {lastPoll === null && <NeverChecked canUpload={canUpload} />}
      {uptime.data ? (
        <>
          <UptimeCards uptime={uptime.data} clock={clock} />
          <PeriodPicker storeId={storeId} params={params} asOf={asOf} clock={storeClock} />
          {window === null && (
            <AsyncPanel what="the period" height="h-44 mt-3" query={range}>
              {(data) => <PeriodFigures period={period} range={data} clock={storeClock} />}
            </AsyncPanel>
          )}
          <div className="mt-3 grid gap-3 lg:grid-cols-[24rem_minmax(0,1fr)] print:block">
            {/* On wide screens as high as the chart, so that nothing moves when the incidents load. */}
            <div className="relative md:max-lg:h-96 print:h-auto!">
              <div className="lg:absolute lg:inset-0 md:max-lg:h-full print:static! print:h-auto!">
                <LazyIncidents storeId={storeId} period={period} clock={clock} storeClock={storeClock} />
              </div>
            </div>
            {drawn ? (
              <UptimeTimeline
                {...drawn}
                title={periodTitle(period, asOf, storeClock)}
                clock={clock}
                gaps={gaps.data ?? []}
              />
            ) : (
              range.error === null && <div className="skeleton h-[470px]" />
            )}
          </div>
          <LazyStoreHistory storeId={storeId} clock={clock} />
          <div className="mt-3 grid items-start gap-3 md:grid-cols-2 print:block">
            <BusinessHours store={detail.data} canEdit={canEdit} canOpenCalendars={canOpenCalendars} now={now} />
            <ReportPanel storeId={storeId} params={params} />
          </div>
        </>
      ) : uptime.error ? (
        <ErrorView
          title="Couldn’t load the figures"
          error={uptime.error}
          onRetry={() => {
            void uptime.refetch();
          }}
        />
      ) : (
        <StoreSkeleton />
      )}
    </>
  );
}
