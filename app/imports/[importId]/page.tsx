import type { Metadata } from "next";
import { ImportView } from "@/components/imports/import-view";
import { PageData } from "@/components/ui/page-data";
import { importQueries } from "@/lib/client/import-queries";
import { makeQueryClient, packQueries } from "@/lib/client/query-client";
import { needs } from "@/lib/contract/scopes";
import { isAllowed } from "@/lib/server/access/viewer";
import { allowedViewer, pageViewer } from "@/lib/server/http/page-viewer";
import { findImport } from "./find-import";

export async function generateMetadata({ params }: PageProps<"/imports/[importId]">): Promise<Metadata> {
  if (!isAllowed(await pageViewer(), needs.fleetFiles)) return { title: "Access denied" };
  const { id } = await findImport((await params).importId);
  return { title: `Import ${String(id)}` };
}

export default async function ImportPage({ params }: PageProps<"/imports/[importId]">) {
  await allowedViewer(needs.fleetFiles);
  const value = await findImport((await params).importId);
  const queryClient = makeQueryClient();
  queryClient.setQueryData(importQueries.one(value.id).queryKey, value);
  return (
    <PageData packed={packQueries(queryClient)}>
      <ImportView importId={value.id} />
    </PageData>
  );
}
