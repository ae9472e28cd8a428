import { notFound } from "next/navigation";
import { cache } from "react";
import { parseReportId } from "@/lib/client/page-params";
import type { Webhook } from "@/lib/contract/webhooks";
import { getDatabase } from "@/lib/server/database";
import { AppError } from "@/lib/server/errors";
import { pageViewer } from "@/lib/server/http/page-viewer";
import { getWebhook } from "@/lib/server/webhooks/manage-webhooks";

/** The webhook of the address, read once per request; without one, the page is a 404. */
export const findWebhook = cache(async (id: string): Promise<Webhook> => {
  const viewer = await pageViewer();
  const webhookId = parseReportId(id);
  if (webhookId === null) notFound();
  try {
    return await getWebhook(getDatabase(), viewer, webhookId);
  } catch (error) {
    if (error instanceof AppError && error.code === "webhook_not_found") notFound();
    throw error;
  }
});
