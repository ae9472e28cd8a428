"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { LimitStores } from "@/components/stores/limit-stores";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, FormError } from "@/components/ui/field";
import { webhookQueries } from "@/lib/client/webhook-queries";
import type { Webhook } from "@/lib/contract/webhooks";
import { EventChoice } from "./event-choice";
import { limitOf, noWebhookFaults, webhookFaults } from "./webhook-text";

/** Changes the URL and the events of a webhook. */
export function EditWebhook({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const queryClient = useQueryClient();
  const [url, setUrl] = useState(webhook.url);
  const [events, setEvents] = useState(webhook.events);
  const storedIds = (webhook.store_ids ?? []).join(", ");
  const [stores, setStores] = useState(storedIds);
  const [faults, setFaults] = useState(noWebhookFaults);
  const { mutate, isPending, error } = useMutation({
    ...webhookQueries.change(),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: webhookQueries.all() });
      onClose();
    },
  });
  const save = () => {
    if (isPending) return;
    const found = webhookFaults(url.trim(), events);
    setFaults(found ?? noWebhookFaults);
    // Stores that are gone leave a limit that the field does not show.
    const limit = stores === storedIds ? {} : { store_ids: limitOf(stores) };
    if (found === null) mutate({ id: webhook.id, url: url.trim(), events, ...limit });
  };
  return (
    <Dialog
      title={`Edit webhook ${String(webhook.id)}`}
      description="Applies to messages from now on. The signing secret stays the same."
      onClose={onClose}
    >
      <form
        noValidate
        className="grid gap-4 overflow-y-auto p-4"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Field
          id="edited-url"
          label="URL"
          type="url"
          autoComplete="off"
          required
          maxLength={2_000}
          fault={faults.url}
          value={url}
          onChange={({ target }) => {
            setUrl(target.value);
          }}
        />
        <EventChoice chosen={events} fault={faults.events} onChange={setEvents} />
        <LimitStores
          id="edited-stores"
          label="Limit store events to"
          placeholder="All stores"
          value={stores}
          onChange={setStores}
        />
        {error && <FormError>{error.message}</FormError>}
        <Button look="primary" type="submit" aria-disabled={isPending} className="justify-self-end">
          Save
        </Button>
      </form>
    </Dialog>
  );
}
