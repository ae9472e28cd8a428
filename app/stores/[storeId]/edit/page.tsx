import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { StoreEditView } from "@/components/stores/edit/store-edit-view";
import { PageData } from "@/components/ui/page-data";
import { makeQueryClient, packQueries } from "@/lib/client/query-client";
import { searchText } from "@/lib/client/raw-search";
import { storeQueries } from "@/lib/client/store-queries";
import { needs } from "@/lib/contract/scopes";
import { isAllowed } from "@/lib/server/access/viewer";
import { getDatabase } from "@/lib/server/database";
import { pageViewer } from "@/lib/server/http/page-viewer";
import { isManaged } from "@/lib/server/stores/require-store";
import { findStore } from "@/app/stores/[storeId]/find-store";
import { UnreadableStoreView } from "@/app/stores/[storeId]/unreadable-store";

export const metadata: Metadata = { title: "Edit store" };

export default async function EditStorePage({ params, searchParams }: PageProps<"/stores/[storeId]/edit">) {
  const { storeId } = await params;
  const store = await findStore(storeId, `/edit${searchText(await searchParams)}`);
  if ("reason" in store) return <UnreadableStoreView storeId={storeId} {...store} />;
  const viewer = await pageViewer();
  if (!(await isManaged(getDatabase(), viewer, storeId))) forbidden();
  const queryClient = makeQueryClient();
  queryClient.setQueryData(storeQueries.detail(storeId).queryKey, store);
  return (
    <PageData packed={packQueries(queryClient)}>
      <StoreEditView storeId={storeId} isOperator={isAllowed(viewer, needs.fleetWrite)} />
    </PageData>
  );
}
