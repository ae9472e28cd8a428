import type { Metadata } from "next";
import { StatusView } from "@/components/status/status-view";
import { getDatabase } from "@/lib/server/database";
import { getStatus } from "@/lib/server/health/get-status";
import { productVersion } from "@/lib/server/health/version";
import { pageViewer } from "@/lib/server/http/page-viewer";

export const metadata: Metadata = { title: "Status" };

export default async function StatusPage() {
  await pageViewer();
  return <StatusView version={productVersion()} initial={await getStatus(getDatabase())} />;
}
