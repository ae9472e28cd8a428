import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ImportView } from "@/components/imports/import-view";
import { PageData } from "@/components/ui/page-data";
import { importQueries } from "@/lib/client/import-queries";
import { parseReportId } from "@/lib/client/page-params";
import { makeQueryClient, packQueries } from "@/lib/client/query-client";
import { needs } from "@/lib/contract/scopes";
import { getDatabase } from "@/lib/server/database";
import { allowedViewer } from "@/lib/server/http/page-viewer";
import { AppError } from "@/lib/server/errors";
import { getImport } from "@/lib/server/imports/get-import";

export async function generateMetadata({ params }: PageProps<"/imports/[importId]">): Promise<Metadata> {
  const { importId } = await params;
  return { title: `Import ${importId}` };
}

export default async function ImportPage({ params }: PageProps<"/imports/[importId]">) {
  const importId = parseReportId((await params).importId);
  if (importId === null) notFound();
  const viewer = await allowedViewer(needs.fleetFiles);
  const queryClient = makeQueryClient();
  try {
    await queryClient.query({
      ...importQueries.one(importId),
      retry: false,
      queryFn: () => getImport(getDatabase(), viewer, importId),
    });
  } catch (error) {
    if (error instanceof AppError && error.code === "import_not_found") notFound();
    throw error;
  }
  return (
    <PageData packed={packQueries(queryClient)}>
      <ImportView importId={importId} />
    </PageData>
  );
}
