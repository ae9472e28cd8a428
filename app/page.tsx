import { redirect } from "next/navigation";
import { FleetView } from "@/components/stores/fleet-view";
import { NoStores } from "@/components/stores/no-stores";
import { PageData } from "@/components/ui/page-data";
import { fleetDefaults, parseFleetParams, toStoreListQuery, type FleetParams } from "@/lib/client/page-params";
import { makeQueryClient, packQueries } from "@/lib/client/query-client";
import { first, type PageParams } from "@/lib/client/raw-search";
import { filtersOf } from "@/lib/client/store-filters";
import { storeQueries } from "@/lib/client/store-queries";
import { zoneQueries } from "@/lib/client/zone-queries";
import { needs } from "@/lib/contract/scopes";
import { isAllowed } from "@/lib/server/access/viewer";
import { getDatabase } from "@/lib/server/database";
import { leaveToBrowser, pageTimeoutMs } from "@/lib/server/http/page-timeout";
import { allowedViewer, pageViewer } from "@/lib/server/http/page-viewer";
import { AppError } from "@/lib/server/errors";
import { openFleetReading } from "@/lib/server/stores/fleet-summary";
import { getFleet } from "@/lib/server/stores/get-fleet";
import { getFleetLabels } from "@/lib/server/stores/get-fleet-labels";
import { listStores } from "@/lib/server/stores/list-stores";
import { pageReader } from "./page-reader";
import { shownZone } from "./shown-zone";

/** A reader with at most this many stores gets a plain list, without fleet figures and filters. */
const shortList = 12;

async function prefetch(params: FleetParams) {
  const { ownZone } = await pageReader();
  const viewer = await pageViewer();
  const database = getDatabase();
  const reading = openFleetReading(database, viewer);
  const queryClient = makeQueryClient();
  const query = toStoreListQuery(params);
  const filters = filtersOf(params);
  const ownClock = params.zone === "mine" ? shownZone(ownZone).clock : null;
  if (ownZone !== null && ownClock !== null) {
    queryClient.setQueryData(zoneQueries.clock(ownZone).queryKey, ownClock);
  }
  await Promise.all([
    queryClient.query({
      ...storeQueries.list(query),
      retry: false,
      queryFn: () => listStores(database, viewer, query, reading),
    }),
    queryClient
      .query({
        ...storeQueries.fleet(filters),
        retry: false,
        queryFn: () => getFleet(database, viewer, reading, AbortSignal.timeout(pageTimeoutMs), filters),
      })
      .catch(leaveToBrowser),
    queryClient.query({ ...storeQueries.labels(), retry: false, queryFn: () => getFleetLabels(database, viewer) }),
  ]);
  return packQueries(queryClient);
}

/** The page that was asked for, or the first one where its cursor belongs to no list any more. */
async function prefetchOrFirstPage({ params, notices }: PageParams<FleetParams>) {
  try {
    return { params, notices, packed: await prefetch(params) };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "invalid_cursor") throw error;
    const first = { ...params, page: fleetDefaults.page, trail: fleetDefaults.trail };
    const notice = "That page has expired; showing page 1.";
    return { params: first, notices: [...notices, notice], packed: await prefetch(first) };
  }
}

/** The reader of one store needs no list. Before the first snapshot with the store, its page is not known here. */
async function redirectToOnlyStore(): Promise<void> {
  const query = { ...toStoreListQuery(fleetDefaults), limit: 1 };
  const [only] = (await listStores(getDatabase(), await pageViewer(), query)).stores;
  if (only !== undefined) redirect(`/stores/${only.store_id}`);
}

export default async function FleetPage({ searchParams }: PageProps<"/">) {
  const viewer = await allowedViewer(needs.storesRead);
  const { stores, scopes } = viewer;
  if (stores !== "all" && stores.length === 0) return <NoStores title="Stores" />;
  if (stores !== "all" && stores.length === 1) await redirectToOnlyStore();
  const search = await searchParams;
  const { zone: remembered, fleetLayout } = await pageReader();
  const { params: asked, ...rest } = parseFleetParams(search);
  const zone = first(search["zone"]) === undefined ? (remembered ?? asked.zone) : asked.zone;
  const { params, notices, packed } = await prefetchOrFirstPage({ ...rest, params: { ...asked, zone } });
  return (
    <PageData packed={packed}>
      <FleetView
        params={params}
        notices={notices}
        renderedAt={Date.now()}
        layout={fleetLayout}
        canGrant={isAllowed(viewer, needs.access)}
        canChange={scopes.includes("stores:write")}
        isShort={stores !== "all" && stores.length <= shortList}
      />
    </PageData>
  );
}
