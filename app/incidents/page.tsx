import type { Metadata } from "next";
import { IncidentsView } from "@/components/incidents/incidents-view";
import { NoStores } from "@/components/stores/no-stores";
import { PageData } from "@/components/ui/page-data";
import {
  incidentDefaults,
  parseIncidentParams,
  toIncidentsQuery,
  type IncidentParams,
} from "@/lib/client/incident-params";
import { makeQueryClient, packQueries } from "@/lib/client/query-client";
import type { PageParams } from "@/lib/client/raw-search";
import { storeQueries } from "@/lib/client/store-queries";
import { zoneQueries } from "@/lib/client/zone-queries";
import { needs } from "@/lib/contract/scopes";
import type { Viewer } from "@/lib/server/access/viewer";
import { getDatabase } from "@/lib/server/database";
import { AppError } from "@/lib/server/errors";
import { allowedViewer } from "@/lib/server/http/page-viewer";
import { getFleetLabels } from "@/lib/server/stores/get-fleet-labels";
import { listFleetIncidents } from "@/lib/server/stores/list-fleet-incidents";
import { pageReader } from "@/app/page-reader";
import { shownZone } from "@/app/shown-zone";

export const metadata: Metadata = { title: "Incidents" };

async function prefetch(viewer: Viewer, params: IncidentParams) {
  const { ownZone } = await pageReader();
  const database = getDatabase();
  const queryClient = makeQueryClient();
  const ownClock = params.zone === "mine" ? shownZone(ownZone).clock : null;
  if (ownZone !== null && ownClock !== null) {
    queryClient.setQueryData(zoneQueries.clock(ownZone).queryKey, ownClock);
  }
  const query = toIncidentsQuery(params);
  await Promise.all([
    queryClient.query({
      ...storeQueries.fleetIncidents(query),
      retry: false,
      queryFn: () => listFleetIncidents(database, viewer, query),
    }),
    queryClient.query({ ...storeQueries.labels(), retry: false, queryFn: () => getFleetLabels(database, viewer) }),
  ]);
  return packQueries(queryClient);
}

/** The page that was asked for, or the first one where its cursor belongs to no list any more. */
async function prefetchOrFirstPage(viewer: Viewer, { params, notices }: PageParams<IncidentParams>) {
  try {
    return { params, notices, packed: await prefetch(viewer, params) };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "invalid_cursor") throw error;
    const first = { ...params, page: incidentDefaults.page, trail: incidentDefaults.trail };
    const notice = "That page has expired; showing page 1.";
    return { params: first, notices: [...notices, notice], packed: await prefetch(viewer, first) };
  }
}

export default async function IncidentsPage({ searchParams }: PageProps<"/incidents">) {
  const viewer = await allowedViewer(needs.storesRead);
  if (viewer.stores !== "all" && viewer.stores.length === 0) return <NoStores title="Incidents" />;
  const { params: asked, notices: ofAddress } = parseIncidentParams(await searchParams);
  const { zone: remembered } = await pageReader();
  const zone = asked.isZoneNamed ? asked.zone : (remembered ?? asked.zone);
  const { params, notices, packed } = await prefetchOrFirstPage(viewer, {
    params: { ...asked, zone },
    notices: ofAddress,
  });
  return (
    <PageData packed={packed}>
      <IncidentsView params={params} notices={notices} />
    </PageData>
  );
}
