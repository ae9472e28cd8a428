"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { AsyncPanel } from "@/components/ui/async-panel";
import { Button, buttonClass } from "@/components/ui/button";
import { CopyableId } from "@/components/ui/copyable-id";
import { FormError } from "@/components/ui/field";
import { UtcInstant } from "@/components/ui/instant";
import { Panel } from "@/components/ui/panel";
import { webhookQueries } from "@/lib/client/webhook-queries";
import type { WebhookDelivery } from "@/lib/contract/webhooks";
import { DeliveryState } from "./webhook-state";
import { attemptsText, messageText } from "./webhook-text";

interface DeliveryRowProps {
  readonly delivery: WebhookDelivery;
  readonly busy: boolean;
  readonly onReplay: () => void;
}

function DeliveryRow({ delivery, busy, onReplay }: DeliveryRowProps) {
  const { id, type, state, created_at: created, next_attempt_at: next, message_id: messageId } = delivery;
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 py-3">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="font-medium">{messageText(type)}</span>
          <DeliveryState state={state} />
        </p>
        <p className="text-muted wrap-break-word">
          <UtcInstant at={created} />. {attemptsText(delivery)}.
          {next !== null && (
            <>
              {" "}
              Next attempt <UtcInstant at={next} />.
            </>
          )}
        </p>
        <p className="text-muted">
          <CopyableId id={messageId} of={`message ID of delivery ${String(id)}`} />
        </p>
      </div>
      {state !== "pending" && (
        <Button aria-label={`Replay delivery ${String(id)}`} aria-disabled={busy} onClick={onReplay}>
          Replay
        </Button>
      )}
    </li>
  );
}

/** What was sent to a webhook and how that went, newest first. */
export function DeliveriesPanel({ webhookId, cursor }: { webhookId: number; cursor: string | null }) {
  const queryClient = useQueryClient();
  const deliveries = useQuery(webhookQueries.deliveries(webhookId, cursor));
  const replay = useMutation({
    ...webhookQueries.replay(),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: webhookQueries.deliveriesOf(webhookId) }),
  });
  const self = `/webhooks/${String(webhookId)}` as const;
  return (
    <Panel title="Deliveries" id="deliveries">
      {replay.error && <FormError>{replay.error.message}</FormError>}
      <AsyncPanel what="deliveries" query={deliveries} height="h-48">
        {(data) =>
          data.deliveries.length === 0 ? (
            <p className="text-muted">Nothing sent yet. Send a test message to try your receiver.</p>
          ) : (
            <>
              <p className="text-muted mb-1 text-pretty">
                A failed attempt is repeated for about three days. Replaying sends the same message again, under the
                same message ID. Deliveries are kept for 30 days.
              </p>
              <ul aria-label="Deliveries" className="divide-line divide-y">
                {data.deliveries.map((delivery) => (
                  <DeliveryRow
                    key={delivery.id}
                    delivery={delivery}
                    busy={replay.isPending}
                    onReplay={() => {
                      if (!replay.isPending) replay.mutate({ webhookId, deliveryId: delivery.id });
                    }}
                  />
                ))}
              </ul>
              <nav aria-label="Pages" className="mt-3 flex justify-end gap-2 empty:hidden">
                {cursor !== null && (
                  <Link href={self} className={buttonClass()}>
                    Newest deliveries
                  </Link>
                )}
                {data.next_cursor !== null && (
                  <Link
                    href={`${self}?${new URLSearchParams({ cursor: data.next_cursor }).toString()}`}
                    className={buttonClass()}
                  >
                    Older deliveries
                  </Link>
                )}
              </nav>
            </>
          )
        }
      </AsyncPanel>
    </Panel>
  );
}
