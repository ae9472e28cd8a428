import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import { FleetView } from "@/components/stores/fleet-view";
import {
  fleetDefaults,
  parseFleetParams,
  toStoreListQuery,
  type FleetParams,
  type PageParams,
} from "@/lib/client/page-params";
import { makeQueryClient } from "@/lib/client/query-client";
import { storeQueries } from "@/lib/client/store-queries";
import { getDatabase } from "@/lib/server/database";
import { pageViewer } from "@/lib/server/access/page-viewer";
import { AppError } from "@/lib/server/errors";
import { getFleet } from "@/lib/server/stores/get-fleet";
import { getFleetLabels } from "@/lib/server/stores/get-fleet-labels";
import { listStores } from "@/lib/server/stores/list-stores";

async function prefetch(params: FleetParams) {
  const viewer = await pageViewer();
  const queryClient = makeQueryClient();
  const query = toStoreListQuery(params);
  await Promise.all([
    queryClient.query({
      ...storeQueries.list(query),
      retry: false,
      queryFn: () => listStores(getDatabase(), viewer, query),
    }),
    queryClient.query({ ...storeQueries.fleet(), retry: false, queryFn: () => getFleet(getDatabase(), viewer) }),
    queryClient.query({ ...storeQueries.labels(), retry: false, queryFn: () => getFleetLabels(getDatabase(), viewer) }),
  ]);
  return dehydrate(queryClient);
}

/** The page that was asked for, or the first one where its cursor belongs to no list any more. */
async function prefetchOrFirstPage({ params, notices }: PageParams<FleetParams>) {
  try {
    return { params, notices, state: await prefetch(params) };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "invalid_cursor") throw error;
    const first = { ...params, page: fleetDefaults.page, trail: fleetDefaults.trail };
    const notice = "The page of the list in the address is no more. This is the first page.";
    return { params: first, notices: [...notices, notice], state: await prefetch(first) };
  }
}

export default async function FleetPage({ searchParams }: PageProps<"/">) {
  const { params, notices, state } = await prefetchOrFirstPage(parseFleetParams(await searchParams));
  return (
    <HydrationBoundary state={state}>
      <FleetView params={params} notices={notices} renderedAt={Date.now()} />
    </HydrationBoundary>
  );
}
