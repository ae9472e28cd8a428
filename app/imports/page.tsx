import type { Metadata } from "next";
import { renderListPage } from "@/app/list-page";
import { ImportsView } from "@/components/imports/imports-view";
import { importQueries } from "@/lib/client/import-queries";
import { needs } from "@/lib/contract/scopes";
import { listImports } from "@/lib/server/imports/list-imports";

export const metadata: Metadata = { title: "Imports" };

const list = {
  access: needs.fleetFiles,
  queryKey: (cursor: string | null) => importQueries.list(cursor).queryKey,
  list: listImports,
  View: ImportsView,
};

export default async function ImportsPage({ searchParams }: PageProps<"/imports">) {
  return renderListPage(list, await searchParams);
}
