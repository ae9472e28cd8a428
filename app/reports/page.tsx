import type { Metadata } from "next";
import { ReportsView } from "@/components/reports/reports-view";
import { PageData } from "@/components/ui/page-data";
import { parseListCursor } from "@/lib/client/page-params";
import { makeQueryClient, packQueries } from "@/lib/client/query-client";
import { reportQueries } from "@/lib/client/report-queries";
import { getDatabase } from "@/lib/server/database";
import { pageViewer } from "@/lib/server/http/page-viewer";
import { AppError } from "@/lib/server/errors";
import { isWithinPage } from "@/lib/server/http/within-page";
import { listReports } from "@/lib/server/reports/list-reports";

export const metadata: Metadata = { title: "Reports" };

const rowsPerPage = 50;

async function prefetch(cursor: string | null) {
  const viewer = await pageViewer();
  const queryClient = makeQueryClient();
  // The first page needs no check that there is one, so an open page may ask for it itself.
  if (cursor === null && (await isWithinPage())) return packQueries(queryClient);
  const query = { limit: rowsPerPage, ...(cursor === null ? {} : { cursor }) };
  await queryClient.query({
    ...reportQueries.list(cursor),
    retry: false,
    queryFn: () => listReports(getDatabase(), viewer, query),
  });
  return packQueries(queryClient);
}

/** The page that was asked for, or the first one where its cursor belongs to no list. */
async function prefetchOrFirstPage(cursor: string | null) {
  try {
    return { cursor, notices: [], packed: await prefetch(cursor) };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "invalid_cursor") throw error;
    const notices = ["The page of the list in the address is no more. These are the newest reports."];
    return { cursor: null, notices, packed: await prefetch(null) };
  }
}

export default async function ReportsPage({ searchParams }: PageProps<"/reports">) {
  const { cursor, notices, packed } = await prefetchOrFirstPage(parseListCursor(await searchParams));
  return (
    <PageData packed={packed}>
      <ReportsView cursor={cursor} notices={notices} />
    </PageData>
  );
}
