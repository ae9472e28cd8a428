import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { OpenAccessNotice } from "@/components/access/open-access-notice";
import { AuditView } from "@/components/access/audit-view";
import { parseAuditParams } from "@/lib/client/audit-params";
import { signInAddress } from "@/lib/contract/return-address";
import { pageSession } from "@/lib/server/http/page-session";

export const metadata: Metadata = { title: "Audit log" };

export default async function AuditPage({ searchParams }: PageProps<"/audit">) {
  const session = await pageSession();
  if (session === null) redirect(signInAddress("/audit"));
  if (session.person === null) return <OpenAccessNotice title="Audit log" current="/audit" />;
  if (!session.scopes.includes("admin")) notFound();
  return <AuditView {...parseAuditParams(await searchParams)} />;
}
