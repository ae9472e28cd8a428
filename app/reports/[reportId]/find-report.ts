import { notFound } from "next/navigation";
import { cache } from "react";
import { parseReportId } from "@/lib/client/page-params";
import type { Report } from "@/lib/contract/reports";
import { getDatabase } from "@/lib/server/database";
import { AppError } from "@/lib/server/errors";
import { pageViewer } from "@/lib/server/http/page-viewer";
import { getReport } from "@/lib/server/reports/get-report";

/** The report of the address, read once a request; where there is none, the page is a 404. */
export const findReport = cache(async (id: string): Promise<Report> => {
  const viewer = await pageViewer();
  const reportId = parseReportId(id);
  if (reportId === null) notFound();
  try {
    return await getReport(getDatabase(), viewer, reportId);
  } catch (error) {
    if (error instanceof AppError && error.code === "report_not_found") notFound();
    throw error;
  }
});
