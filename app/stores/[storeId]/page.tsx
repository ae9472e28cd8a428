import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import { StoreView } from "@/components/stores/store-view";
import { parseStoreParams } from "@/lib/client/page-params";
import { makeQueryClient } from "@/lib/client/query-client";
import { reportQueries } from "@/lib/client/report-queries";
import { storeQueries } from "@/lib/client/store-queries";
import { getDatabase } from "@/lib/server/database";
import { pageViewer } from "@/lib/server/access/page-viewer";
import { AppError } from "@/lib/server/errors";
import { getReport } from "@/lib/server/reports/get-report";
import { getStoreUptime } from "@/lib/server/stores/get-store-uptime";
import { findStore } from "./find-store";

export default async function StorePage({ params, searchParams }: PageProps<"/stores/[storeId]">) {
  const { storeId } = await params;
  const { params: shown, notices: addressNotices } = parseStoreParams(await searchParams);
  const { window, reportId } = shown;
  const viewer = await pageViewer();
  const queryClient = makeQueryClient();

  const prefetchReport = async (id: number) => {
    try {
      await queryClient.query({
        ...reportQueries.one(id),
        retry: false,
        queryFn: () => getReport(getDatabase(), viewer, id),
      });
      return [];
    } catch (error) {
      if (error instanceof AppError && error.code === "report_not_found") return [`There is no report ${String(id)}.`];
      throw error;
    }
  };
  const [, , reportNotices] = await Promise.all([
    queryClient.query({ ...storeQueries.detail(storeId), retry: false, queryFn: () => findStore(storeId) }),
    queryClient.query({
      ...storeQueries.uptime(storeId, window),
      retry: false,
      queryFn: () => getStoreUptime(getDatabase(), viewer, storeId, window),
    }),
    reportId === null ? [] : prefetchReport(reportId),
  ]);

  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <StoreView
        storeId={storeId}
        params={reportNotices.length === 0 ? shown : { window, reportId: null }}
        notices={[...addressNotices, ...reportNotices]}
        renderedAt={Date.now()}
      />
    </HydrationBoundary>
  );
}
