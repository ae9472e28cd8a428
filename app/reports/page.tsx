import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { connection } from "next/server";
import { ReportsView } from "@/components/reports/reports-view";
import { makeQueryClient } from "@/lib/client/query-client";
import { reportQueries } from "@/lib/client/report-queries";
import { getDatabase } from "@/lib/server/database";
import { listReports } from "@/lib/server/reports/list-reports";

export const metadata: Metadata = { title: "Reports" };

export default async function ReportsPage() {
  await connection();
  const queryClient = makeQueryClient();
  await queryClient.query({ ...reportQueries.list(), retry: false, queryFn: () => listReports(getDatabase()) });
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <ReportsView />
    </HydrationBoundary>
  );
}
