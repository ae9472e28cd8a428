"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { BackLink } from "@/components/ui/back-link";
import { ErrorView } from "@/components/ui/error-view";
import { UtcInstant } from "@/components/ui/instant";
import { Notice } from "@/components/ui/notice";
import { RefreshNotice } from "@/components/ui/refresh-notice";
import { webhookQueries } from "@/lib/client/webhook-queries";
import type { Webhook, WebhookDelivery } from "@/lib/contract/webhooks";
import { DeliveriesPanel } from "./deliveries-panel";
import { WebhookActions } from "./webhook-actions";
import { WebhookSecret } from "./webhook-secret";
import { WebhookState } from "./webhook-state";
import { subscriptionText, webhookStateOf } from "./webhook-text";

/** Asks for the webhook when a delivery has ended: its receiver may have answered that it is gone. */
function useRefetchWhenEnded(webhookId: number, deliveries: readonly WebhookDelivery[] | undefined): void {
  const queryClient = useQueryClient();
  const pending = useRef<ReadonlySet<number>>(new Set());
  useEffect(() => {
    if (deliveries === undefined) return;
    const hasEnded = deliveries.some(({ id, state }) => state !== "pending" && pending.current.has(id));
    pending.current = new Set(deliveries.filter(({ state }) => state === "pending").map(({ id }) => id));
    if (hasEnded) void queryClient.invalidateQueries(webhookQueries.one(webhookId));
  }, [queryClient, webhookId, deliveries]);
}

/** One webhook with its deliveries. @param cursor of a page of deliveries after the first */
export function WebhookView({ webhookId, cursor }: { webhookId: number; cursor: string | null }) {
  const router = useRouter();
  const query = useQuery(webhookQueries.one(webhookId));
  const deliveries = useQuery(webhookQueries.deliveries(webhookId, cursor));
  const [rotated, setRotated] = useState<Webhook | null>(null);
  const { data, error, refetch } = query;
  useRefetchWhenEnded(webhookId, deliveries.data?.deliveries);
  if (!data) {
    return error ? (
      <ErrorView title="Couldn’t load this webhook" error={error} onRetry={() => void refetch()} />
    ) : (
      <div className="skeleton h-80" />
    );
  }
  return (
    <>
      <BackLink href="/webhooks" label="All webhooks" />
      <div className="mb-4 flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
        <div className="min-w-0 flex-1 basis-80">
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <h1 className="text-xl font-semibold tracking-tight">Webhook {webhookId}</h1>
            <WebhookState webhook={data} />
          </div>
          <p className="mt-1 font-mono text-xs break-all">{data.url}</p>
          <p className="text-muted text-pretty">
            {subscriptionText(data)}. Created <UtcInstant at={data.created_at} />.
          </p>
        </div>
        <WebhookActions
          webhook={data}
          onRotated={setRotated}
          onTested={() => {
            // The new delivery is on the first page.
            if (cursor !== null) router.replace(`/webhooks/${String(webhookId)}`);
          }}
        />
      </div>
      <RefreshNotice queries={[query, deliveries]} />
      {webhookStateOf(data) === "gone" && (
        <Notice tone="warn">
          The receiver answered 410 Gone, so nothing is sent to it any more. Fix the receiver, then turn the webhook on.
        </Notice>
      )}
      {rotated && <WebhookSecret value={rotated} />}
      <DeliveriesPanel webhookId={webhookId} cursor={cursor} />
    </>
  );
}
