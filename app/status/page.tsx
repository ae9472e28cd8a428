import type { Metadata } from "next";
import { StatusView } from "@/components/status/status-view";
import { PageData } from "@/components/ui/page-data";
import { makeQueryClient, packQueries } from "@/lib/client/query-client";
import { statusQueries } from "@/lib/client/status-queries";
import { getDatabase } from "@/lib/server/database";
import { getStatus } from "@/lib/server/health/get-status";
import { productVersion } from "@/lib/server/health/version";
import { pageViewer } from "@/lib/server/http/page-viewer";

export const metadata: Metadata = { title: "Status" };

export default async function StatusPage() {
  await pageViewer();
  const queryClient = makeQueryClient();
  await queryClient.query({ ...statusQueries.now(), retry: false, queryFn: () => getStatus(getDatabase()) });
  return (
    <PageData packed={packQueries(queryClient)}>
      <StatusView version={productVersion()} />
    </PageData>
  );
}
