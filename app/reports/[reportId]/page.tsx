import type { Metadata } from "next";
import { ReportView } from "@/components/reports/report-view";
import { PageData } from "@/components/ui/page-data";
import { parseReportParams } from "@/lib/client/report-params";
import { makeQueryClient, packQueries } from "@/lib/client/query-client";
import { reportQueries } from "@/lib/client/report-queries";
import { needs } from "@/lib/contract/scopes";
import { isAllowed } from "@/lib/server/access/viewer";
import { allowedViewer, pageViewer } from "@/lib/server/http/page-viewer";
import { findReport } from "./find-report";

export async function generateMetadata({ params }: PageProps<"/reports/[reportId]">): Promise<Metadata> {
  if (!isAllowed(await pageViewer(), needs.reportsRead)) return { title: "Access denied" };
  const { id } = await findReport((await params).reportId);
  return { title: `Report ${String(id)}` };
}

export default async function ReportPage({ params, searchParams }: PageProps<"/reports/[reportId]">) {
  const { params: shown, notices } = parseReportParams(await searchParams);
  await allowedViewer(needs.reportsRead);
  const report = await findReport((await params).reportId);
  const queryClient = makeQueryClient();
  queryClient.setQueryData(reportQueries.one(report.id).queryKey, report);
  return (
    <PageData packed={packQueries(queryClient)}>
      <ReportView reportId={report.id} window={shown.window} notices={notices} />
    </PageData>
  );
}
