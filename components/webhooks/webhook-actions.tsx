"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { FormError } from "@/components/ui/field";
import { webhookQueries } from "@/lib/client/webhook-queries";
import type { Webhook } from "@/lib/contract/webhooks";
import { EditWebhook } from "./edit-webhook";

interface WebhookActionsProps {
  readonly webhook: Webhook;
  /** Gets it with its new secret, once. */
  readonly onRotated: (webhook: Webhook) => void;
  /** Once a test message is queued. */
  readonly onTested: () => void;
}

/** What can be done with a webhook. */
export function WebhookActions({ webhook, onRotated, onTested }: WebhookActionsProps) {
  const { id, url, enabled } = webhook;
  const queryClient = useQueryClient();
  const router = useRouter();
  const [editing, setEditing] = useState(false);
  const refresh = () => queryClient.invalidateQueries({ queryKey: webhookQueries.all() });
  const test = useMutation({
    ...webhookQueries.test(),
    onSuccess: () => {
      onTested();
      return refresh();
    },
  });
  const toggle = useMutation({ ...webhookQueries.change(), onSuccess: refresh });
  const rotate = useMutation({ ...webhookQueries.change(), onSuccess: refresh });
  const remove = useMutation(webhookQueries.remove());
  const error = test.error ?? toggle.error;
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap gap-2">
        <Button
          look="primary"
          aria-disabled={test.isPending}
          onClick={() => {
            if (!test.isPending) test.mutate(id);
          }}
        >
          Send test message
        </Button>
        <Button
          onClick={() => {
            setEditing(true);
          }}
        >
          Edit
        </Button>
        <Button
          aria-disabled={toggle.isPending}
          onClick={() => {
            if (!toggle.isPending) toggle.mutate({ id, enabled: !enabled });
          }}
        >
          {enabled ? "Turn off" : "Turn on"}
        </Button>
        <ConfirmButton
          label="Rotate secret"
          question="Rotate the signing secret?"
          consequence="For 24 hours, messages are signed with both secrets, so that your receiver can change over."
          action="Rotate secret"
          busy={rotate.isPending}
          error={rotate.error}
          onConfirm={(close) => {
            rotate.mutate(
              { id, rotate_secret: true },
              {
                onSuccess: (changed) => {
                  close();
                  onRotated(changed);
                },
              },
            );
          }}
        />
        <ConfirmButton
          label="Delete"
          question="Delete this webhook?"
          consequence={`Nothing is sent to ${url} any more, and its deliveries are deleted. This can’t be undone.`}
          action="Delete webhook"
          busy={remove.isPending}
          error={remove.error}
          onConfirm={() => {
            remove.mutate(id, {
              onSuccess: () => {
                void queryClient.invalidateQueries(webhookQueries.list());
                router.push("/webhooks");
              },
            });
          }}
        />
      </div>
      <p role="status" className="text-muted empty:hidden">
        {test.isSuccess ? "Test message queued. Its delivery is listed below." : ""}
      </p>
      {error && <FormError>{error.message}</FormError>}
      {editing && (
        <EditWebhook
          webhook={webhook}
          onClose={() => {
            setEditing(false);
          }}
        />
      )}
    </div>
  );
}
