import type { Metadata } from "next";
import { LimitsView } from "@/components/limits/limits-view";
import { needs } from "@/lib/contract/scopes";
import { limitsInForce } from "@/lib/server/health/limits-in-force";
import { allowedViewer } from "@/lib/server/http/page-viewer";

export const metadata: Metadata = { title: "Limits" };

export default async function LimitsPage() {
  await allowedViewer(needs.fleetAdmin);
  return <LimitsView limits={limitsInForce()} />;
}
