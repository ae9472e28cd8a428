import { ShownOnce } from "@/components/ui/shown-once";
import type { Webhook } from "@/lib/contract/webhooks";

/** The secret of a webhook, when it was created or rotated. */
export function WebhookSecret({ value: { id, secret } }: { value: Webhook }) {
  if (secret === undefined) return null;
  return (
    <ShownOnce
      label={`Secret of webhook ${String(id)}`}
      title="Copy the signing secret now, it won’t be shown again"
      secret={secret}
      copyLabel="Copy secret"
    >
      Verify each message with it before you use the message, as described at standardwebhooks.com.
    </ShownOnce>
  );
}
