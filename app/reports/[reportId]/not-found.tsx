import type { Metadata } from "next";
import { NotFoundView } from "@/components/ui/not-found-view";

export const metadata: Metadata = { title: "Report not found" };

export default function ReportNotFound() {
  return (
    <NotFoundView
      title="Report not found"
      hint="This report doesn’t exist, or you don’t have access to it."
      href="/reports"
      label="All reports"
    />
  );
}
