import type { Metadata } from "next";
import { renderListPage } from "@/app/list-page";
import { ReportsView } from "@/components/reports/reports-view";
import { reportQueries } from "@/lib/client/report-queries";
import { needs } from "@/lib/contract/scopes";
import { listReports } from "@/lib/server/reports/list-reports";

export const metadata: Metadata = { title: "Reports" };

const list = {
  access: needs.reportsRead,
  queryKey: (cursor: string | null) => reportQueries.list(cursor).queryKey,
  list: listReports,
  View: ReportsView,
};

export default async function ReportsPage({ searchParams }: PageProps<"/reports">) {
  return renderListPage(list, await searchParams);
}
