import type { Metadata } from "next";
import { NotFoundView } from "@/components/ui/not-found-view";

export const metadata: Metadata = { title: "Webhook not found" };

export default function WebhookNotFound() {
  return (
    <NotFoundView
      title="Webhook not found"
      hint="This webhook doesn’t exist. It may have been deleted."
      href="/webhooks"
      label="All webhooks"
    />
  );
}
