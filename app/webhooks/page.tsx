import type { Metadata } from "next";
import { WebhooksView } from "@/components/webhooks/webhooks-view";
import { needs } from "@/lib/contract/scopes";
import { allowedViewer } from "@/lib/server/http/page-viewer";

export const metadata: Metadata = { title: "Webhooks" };

export default async function WebhooksPage() {
  await allowedViewer(needs.fleetAdmin);
  return <WebhooksView />;
}
