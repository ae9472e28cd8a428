import type { Metadata } from "next";
import { renderListPage } from "@/app/list-page";
import { ReportsView } from "@/components/reports/reports-view";
import { isFiltered, parseFilters } from "@/lib/client/store-filters";
import { reportQueries } from "@/lib/client/report-queries";
import { needs } from "@/lib/contract/scopes";
import { listReports } from "@/lib/server/reports/list-reports";

export const metadata: Metadata = { title: "Reports" };

const list = {
  access: needs.reportsRead,
  queryKey: (cursor: string | null) => reportQueries.list(cursor).queryKey,
  list: listReports,
};

export default async function ReportsPage({ searchParams }: PageProps<"/reports">) {
  const search = await searchParams;
  const { params, notices: ofFilters } = parseFilters(search);
  const filters = isFiltered(params) ? params : null;
  const View = ({ cursor, notices }: { cursor: string | null; notices: readonly string[] }) => (
    <ReportsView cursor={cursor} notices={[...notices, ...ofFilters]} filters={filters} />
  );
  return renderListPage({ ...list, View }, search);
}
