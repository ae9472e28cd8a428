import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ReportView } from "@/components/reports/report-view";
import { PageData } from "@/components/ui/page-data";
import { parseReportId } from "@/lib/client/page-params";
import { parseReportParams } from "@/lib/client/report-params";
import { makeQueryClient, packQueries } from "@/lib/client/query-client";
import { reportQueries } from "@/lib/client/report-queries";
import { needs } from "@/lib/contract/scopes";
import { getDatabase } from "@/lib/server/database";
import { allowedViewer } from "@/lib/server/http/page-viewer";
import { AppError } from "@/lib/server/errors";
import { getReport } from "@/lib/server/reports/get-report";

export async function generateMetadata({ params }: PageProps<"/reports/[reportId]">): Promise<Metadata> {
  const { reportId } = await params;
  return { title: `Report ${reportId}` };
}

export default async function ReportPage({ params, searchParams }: PageProps<"/reports/[reportId]">) {
  const { params: shown, notices } = parseReportParams(await searchParams);
  const reportId = parseReportId((await params).reportId);
  if (reportId === null) notFound();
  const viewer = await allowedViewer(needs.reportsRead);
  const queryClient = makeQueryClient();
  try {
    await queryClient.query({
      ...reportQueries.one(reportId),
      retry: false,
      queryFn: () => getReport(getDatabase(), viewer, reportId),
    });
  } catch (error) {
    if (error instanceof AppError && error.code === "report_not_found") notFound();
    throw error;
  }
  return (
    <PageData packed={packQueries(queryClient)}>
      <ReportView reportId={reportId} window={shown.window} notices={notices} />
    </PageData>
  );
}
