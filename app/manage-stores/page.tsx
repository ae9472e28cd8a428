import type { Metadata } from "next";
import { ManageStoresView } from "@/components/stores/record/manage-stores-view";
import { needs } from "@/lib/contract/scopes";
import { allowedViewer } from "@/lib/server/http/page-viewer";

export const metadata: Metadata = { title: "Manage stores" };

export default async function ManageStoresPage() {
  await allowedViewer(needs.fleetStores);
  return <ManageStoresView />;
}
