import type { Metadata } from "next";
import { PageData } from "@/components/ui/page-data";
import { WebhookView } from "@/components/webhooks/webhook-view";
import { parseListCursor } from "@/lib/client/page-params";
import { makeQueryClient, packQueries } from "@/lib/client/query-client";
import { webhookQueries } from "@/lib/client/webhook-queries";
import { needs } from "@/lib/contract/scopes";
import { isAllowed } from "@/lib/server/access/viewer";
import { allowedViewer, pageViewer } from "@/lib/server/http/page-viewer";
import { findWebhook } from "./find-webhook";

export async function generateMetadata({ params }: PageProps<"/webhooks/[webhookId]">): Promise<Metadata> {
  if (!isAllowed(await pageViewer(), needs.fleetAdmin)) return { title: "Access denied" };
  const { id } = await findWebhook((await params).webhookId);
  return { title: `Webhook ${String(id)}` };
}

export default async function WebhookPage({ params, searchParams }: PageProps<"/webhooks/[webhookId]">) {
  await allowedViewer(needs.fleetAdmin);
  const webhook = await findWebhook((await params).webhookId);
  const queryClient = makeQueryClient();
  queryClient.setQueryData(webhookQueries.one(webhook.id).queryKey, webhook);
  return (
    <PageData packed={packQueries(queryClient)}>
      <WebhookView webhookId={webhook.id} cursor={parseListCursor(await searchParams)} />
    </PageData>
  );
}
