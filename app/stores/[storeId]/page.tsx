import type { Metadata } from "next";
import { StoreView } from "@/components/stores/store-view";
import { firstExceptionShown } from "@/components/stores/hours-text";
import { PageData } from "@/components/ui/page-data";
import { makeQueryClient, packQueries } from "@/lib/client/query-client";
import { reportQueries } from "@/lib/client/report-queries";
import { shownExceptions, storeQueries } from "@/lib/client/store-queries";
import { first, searchText } from "@/lib/client/raw-search";
import { zoneQueries } from "@/lib/client/zone-queries";
import { parseStoreParams } from "@/lib/client/store-params";
import { bucketOf, defaultPeriod, periodQuery, windowOf, type StorePeriod } from "@/lib/client/store-period";
import { needs } from "@/lib/contract/scopes";
import type { StoreDetail } from "@/lib/contract/stores";
import { dateText, type TimeStyle } from "@/lib/format/time-style";
import { localDate } from "@/lib/format/zoned-time";
import { getDatabase } from "@/lib/server/database";
import { pageViewer } from "@/lib/server/http/page-viewer";
import { isAllowed } from "@/lib/server/access/viewer";
import { AppError } from "@/lib/server/errors";
import { isClientNavigation } from "@/lib/server/http/client-navigation";
import { getReport } from "@/lib/server/reports/get-report";
import { getPollingGaps } from "@/lib/server/stores/get-fleet";
import { getRangeUptime } from "@/lib/server/stores/get-range-uptime";
import { getStoreUptime } from "@/lib/server/stores/get-store-uptime";
import { isManaged } from "@/lib/server/stores/require-store";
import { listExceptions } from "@/lib/server/stores/store-exceptions";
import { leaveToBrowser, pageTimeoutMs } from "@/lib/server/http/page-timeout";
import { pageReader, type PageReader } from "@/app/page-reader";
import { shownZone } from "@/app/shown-zone";
import { findStore } from "./find-store";
import { UnreadableStoreView } from "./unreadable-store";

export async function generateMetadata({ params, searchParams }: PageProps<"/stores/[storeId]">): Promise<Metadata> {
  const { storeId } = await params;
  const store = await findStore(storeId, searchText(await searchParams));
  return { title: "reason" in store ? storeId : (store.name ?? storeId) };
}

/** The zone that the reader chose on an earlier page; null: the store's. */
function rememberedZone({ zone, ownZone }: PageReader): string | null {
  return zone === "UTC" ? zone : zone === "mine" ? ownZone : null;
}

/** Dates that start after the newest data have no figures. */
function knownPeriod(period: StorePeriod, { as_of: asOf, clock }: StoreDetail, style: TimeStyle) {
  const last = localDate(new Date(Date.parse(asOf) - 1).toISOString(), clock);
  if (typeof period === "string" || period.from <= last) return { period, notices: [] };
  const from = dateText("dateOfYear", new Date(`${period.from}T00:00:00Z`), style);
  return { period: defaultPeriod, notices: [`No data from ${from}. Showing the last 7 days.`] };
}

/**
 * There is no loading view around this page: React would send what is behind one hidden, to be shown by a script, and
 * the figures would appear a third of a second after they arrived.
 */
export default async function StorePage({ params, searchParams }: PageProps<"/stores/[storeId]">) {
  const { storeId } = await params;
  const search = await searchParams;
  const { params: asked, notices: addressNotices } = parseStoreParams(search);
  const { reportId } = asked;
  const viewer = await pageViewer();
  const queryClient = makeQueryClient();
  const store = await findStore(storeId, searchText(search));
  if ("reason" in store) return <UnreadableStoreView storeId={storeId} {...store} />;
  queryClient.setQueryData(storeQueries.detail(storeId).queryKey, store);
  const reader = await pageReader();
  const { period, notices: periodNotices } = knownPeriod(asked.period, store, reader.style);
  const window = windowOf(period);
  const isZoneAsked = first(search["zone"]) !== undefined;
  const { zone, clock, notices } = shownZone(isZoneAsked ? asked.zone : rememberedZone(reader));
  const zoneNotices = isZoneAsked ? notices : [];
  if (clock !== null) queryClient.setQueryData(zoneQueries.clock(clock.time_zone).queryKey, clock);
  const shown = { ...asked, period, zone };

  const prefetchReport = async (id: number) => {
    try {
      await queryClient.query({
        ...reportQueries.one(id),
        retry: false,
        queryFn: () => getReport(getDatabase(), viewer, id),
      });
      return [];
    } catch (error) {
      if (error instanceof AppError && error.code === "report_not_found") return [`Report ${String(id)} not found.`];
      throw error;
    }
  };
  const prefetchRange = () =>
    queryClient
      .query({
        ...storeQueries.range(storeId, period),
        retry: false,
        queryFn: () =>
          getRangeUptime(
            getDatabase(),
            viewer,
            storeId,
            { ...periodQuery(period), bucket: bucketOf(period) },
            AbortSignal.timeout(pageTimeoutMs),
          ),
      })
      .catch(leaveToBrowser);
  const exceptionsFrom = firstExceptionShown(store);
  const prefetchRest = () => [
    queryClient
      .query({
        ...storeQueries.uptime(storeId, window ?? "week"),
        retry: false,
        queryFn: () =>
          getStoreUptime(getDatabase(), viewer, storeId, window ?? "week", {
            signal: AbortSignal.timeout(pageTimeoutMs),
          }),
      })
      .catch(leaveToBrowser),
    ...(window === null ? [prefetchRange()] : []),
    queryClient.query({
      ...storeQueries.exceptions(storeId, exceptionsFrom),
      retry: false,
      queryFn: () => listExceptions(getDatabase(), viewer, storeId, { from: exceptionsFrom, limit: shownExceptions }),
    }),
    queryClient.query({
      ...storeQueries.pollingGaps(),
      retry: false,
      queryFn: () => getPollingGaps(getDatabase()),
    }),
  ];
  const [reportNotices] = await Promise.all([
    reportId === null ? [] : prefetchReport(reportId),
    ...((await isClientNavigation()) ? [] : prefetchRest()),
  ]);

  return (
    <PageData packed={packQueries(queryClient)}>
      <StoreView
        storeId={storeId}
        params={reportNotices.length === 0 ? shown : { ...shown, reportId: null }}
        notices={[...addressNotices, ...periodNotices, ...zoneNotices, ...reportNotices]}
        renderedAt={Date.now()}
        canEdit={await isManaged(getDatabase(), viewer, storeId)}
        canUpload={isAllowed(viewer, needs.fleetFiles)}
        canOpenCalendars={isAllowed(viewer, needs.fleetWrite)}
        isOnlyStore={viewer.stores !== "all" && viewer.stores.length === 1}
      />
    </PageData>
  );
}
