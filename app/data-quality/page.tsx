import type { Metadata } from "next";
import { connection } from "next/server";
import { QualityView } from "@/components/data-quality/quality-view";
import { NoStores } from "@/components/stores/no-stores";
import { PageData } from "@/components/ui/page-data";
import { qualityQueries } from "@/lib/client/quality-queries";
import { makeQueryClient, packQueries } from "@/lib/client/query-client";
import { needs } from "@/lib/contract/scopes";
import { getDatabase } from "@/lib/server/database";
import { allowedViewer } from "@/lib/server/http/page-viewer";
import { isClientNavigation } from "@/lib/server/http/client-navigation";
import { getDataQuality } from "@/lib/server/stores/data-quality";

export const metadata: Metadata = { title: "Data quality" };

export default async function DataQualityPage() {
  await connection();
  const viewer = await allowedViewer(needs.storesRead);
  if (viewer.stores !== "all" && viewer.stores.length === 0) return <NoStores title="Data quality" />;
  const queryClient = makeQueryClient();
  if (!(await isClientNavigation())) {
    await queryClient.query({
      ...qualityQueries.summary(),
      retry: false,
      queryFn: () => getDataQuality(getDatabase(), viewer),
    });
  }
  return (
    <PageData packed={packQueries(queryClient)}>
      <h1 className="mb-1 text-xl font-semibold tracking-tight">Data quality</h1>
      <QualityView />
    </PageData>
  );
}
