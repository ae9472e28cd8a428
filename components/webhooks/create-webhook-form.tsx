"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { textOf } from "@/components/access/form-text";
import { LimitStores } from "@/components/stores/limit-stores";
import { Button } from "@/components/ui/button";
import { Field, FormError } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import { webhookQueries } from "@/lib/client/webhook-queries";
import type { WebhookEventType } from "@/lib/contract/enums";
import type { Webhook } from "@/lib/contract/webhooks";
import { EventChoice } from "./event-choice";
import { limitOf, noWebhookFaults, webhookFaults } from "./webhook-text";

/** Creates a webhook. @param onCreated gets it with its secret, once */
export function CreateWebhookForm({ onCreated }: { onCreated: (webhook: Webhook) => void }) {
  const queryClient = useQueryClient();
  const [events, setEvents] = useState<WebhookEventType[]>(["store.offline", "store.online"]);
  const [stores, setStores] = useState("");
  const [faults, setFaults] = useState(noWebhookFaults);
  const { mutate, isPending, error } = useMutation(webhookQueries.create());
  return (
    <Panel title="New webhook" id="new-webhook">
      <form
        method="post"
        noValidate
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isPending) return;
          const fields = event.currentTarget;
          const url = textOf(new FormData(fields), "webhook-url").trim();
          const found = webhookFaults(url, events);
          setFaults(found ?? noWebhookFaults);
          if (found !== null) return;
          mutate(
            { url, events, store_ids: limitOf(stores) },
            {
              onSuccess: (webhook) => {
                fields.reset();
                setStores("");
                onCreated(webhook);
                void queryClient.invalidateQueries({ queryKey: webhookQueries.all() });
              },
            },
          );
        }}
      >
        <Field
          id="webhook-url"
          label="URL"
          type="url"
          inputMode="url"
          autoComplete="off"
          required
          maxLength={2_000}
          placeholder="https://hooks.example.com/stores"
          fault={faults.url}
          hint={
            <>
              Receives a signed POST for each event. It must answer with 2xx within the time limit under{" "}
              <Link href="/limits" prefetch={false} className="underline">
                Limits
              </Link>
              .
            </>
          }
        />
        <EventChoice chosen={events} fault={faults.events} onChange={setEvents} />
        <LimitStores
          id="webhook-stores"
          label="Limit store events to"
          placeholder="All stores"
          value={stores}
          onChange={setStores}
        />
        {error && <FormError>{error.message}</FormError>}
        <Button look="primary" type="submit" aria-disabled={isPending} className="justify-self-start">
          {isPending ? "Creating…" : "Create webhook"}
        </Button>
      </form>
    </Panel>
  );
}
