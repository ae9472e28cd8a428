import type { Metadata } from "next";
import { PageData } from "@/components/ui/page-data";
import { WallboardView } from "@/components/wallboard/wallboard-view";
import { makeQueryClient, packQueries } from "@/lib/client/query-client";
import { offlineStores, storeQueries } from "@/lib/client/store-queries";
import { needs } from "@/lib/contract/scopes";
import { getDatabase } from "@/lib/server/database";
import { allowedViewer } from "@/lib/server/http/page-viewer";
import { leaveToBrowser, pageTimeoutMs } from "@/lib/server/http/page-timeout";
import { openFleetReading } from "@/lib/server/stores/fleet-summary";
import { getFleet } from "@/lib/server/stores/get-fleet";
import { listStores } from "@/lib/server/stores/list-stores";

export const metadata: Metadata = { title: "Wallboard" };

export default async function WallboardPage() {
  const viewer = await allowedViewer(needs.storesRead);
  const database = getDatabase();
  const reading = openFleetReading(database, viewer);
  const queryClient = makeQueryClient();
  await Promise.all([
    queryClient.query({
      ...storeQueries.list(offlineStores),
      retry: false,
      queryFn: () => listStores(database, viewer, offlineStores, reading),
    }),
    queryClient
      .query({
        ...storeQueries.fleet(),
        retry: false,
        queryFn: () => getFleet(database, viewer, reading, AbortSignal.timeout(pageTimeoutMs)),
      })
      .catch(leaveToBrowser),
  ]);
  return (
    <PageData packed={packQueries(queryClient)}>
      <WallboardView renderedAt={Date.now()} />
    </PageData>
  );
}
