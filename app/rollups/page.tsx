import type { Metadata } from "next";
import { RollupsView } from "@/components/stores/rollups-view";
import { PageData } from "@/components/ui/page-data";
import { first, unknownValue } from "@/lib/client/raw-search";
import { makeQueryClient, packQueries } from "@/lib/client/query-client";
import { storeQueries } from "@/lib/client/store-queries";
import { oneOf, rollupKinds } from "@/lib/contract/enums";
import { needs } from "@/lib/contract/scopes";
import { getDatabase } from "@/lib/server/database";
import { allowedViewer } from "@/lib/server/http/page-viewer";
import { getRollups } from "@/lib/server/stores/get-rollups";

export const metadata: Metadata = { title: "Roll-ups" };

export default async function RollupsPage({ searchParams }: PageProps<"/rollups">) {
  const viewer = await allowedViewer(needs.storesRead);
  const asked = first((await searchParams)["by"]) ?? "";
  const known = oneOf(rollupKinds, asked);
  const notices = asked === "" || known !== null ? [] : [unknownValue(asked, "Showing brands.")];
  const by = known ?? "brand";
  const queryClient = makeQueryClient();
  await queryClient.query({
    ...storeQueries.rollups(by),
    retry: false,
    queryFn: () => getRollups(getDatabase(), viewer, by),
  });
  return (
    <PageData packed={packQueries(queryClient)}>
      <RollupsView by={by} notices={notices} />
    </PageData>
  );
}
