"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, FormError } from "@/components/ui/field";
import { webhookQueries } from "@/lib/client/webhook-queries";
import type { Webhook } from "@/lib/contract/webhooks";
import { EventChoice } from "./event-choice";

/** Changes the URL and the events of a webhook. */
export function EditWebhook({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const queryClient = useQueryClient();
  const [url, setUrl] = useState(webhook.url);
  const [events, setEvents] = useState(webhook.events);
  const { mutate, isPending, error } = useMutation({
    ...webhookQueries.change(),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: webhookQueries.all() });
      onClose();
    },
  });
  const cannotSave = isPending || events.length === 0 || url.trim() === "";
  return (
    <Dialog
      title={`Edit webhook ${String(webhook.id)}`}
      description="Applies to messages from now on. The signing secret stays the same."
      onClose={onClose}
    >
      <form
        className="grid gap-4 overflow-y-auto p-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!cannotSave) mutate({ id: webhook.id, url: url.trim(), events });
        }}
      >
        <Field
          id="edited-url"
          label="URL"
          type="url"
          autoComplete="off"
          required
          maxLength={2_000}
          value={url}
          onChange={({ target }) => {
            setUrl(target.value);
          }}
        />
        <EventChoice chosen={events} onChange={setEvents} />
        {error && <FormError>{error.message}</FormError>}
        <Button look="primary" type="submit" aria-disabled={cannotSave} className="justify-self-end">
          Save
        </Button>
      </form>
    </Dialog>
  );
}
