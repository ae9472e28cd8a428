import { CircleCheck, CircleSlash, CircleX, Clock, type LucideIcon } from "lucide-react";
import { StateBadge, type BadgeTone } from "@/components/ui/state-badge";
import type { Webhook, WebhookDelivery } from "@/lib/contract/webhooks";
import { deliveryStateText, webhookStateOf, webhookStateText, type WebhookState as State } from "./webhook-text";

interface Look {
  readonly icon: LucideIcon;
  readonly tone: BadgeTone;
}

const looks: Record<State, Look> = {
  on: { icon: CircleCheck, tone: "good" },
  off: { icon: CircleSlash, tone: "ended" },
  gone: { icon: CircleX, tone: "bad" },
};

const deliveryLooks: Record<WebhookDelivery["state"], Look> = {
  pending: { icon: Clock, tone: "waiting" },
  delivered: { icon: CircleCheck, tone: "good" },
  failed: { icon: CircleX, tone: "bad" },
};

/** Whether messages are sent to a webhook. */
export function WebhookState({ webhook }: { webhook: Webhook }) {
  const state = webhookStateOf(webhook);
  return <StateBadge {...looks[state]}>{webhookStateText[state]}</StateBadge>;
}

/** The state of one message to a webhook. */
export function DeliveryState({ state }: Pick<WebhookDelivery, "state">) {
  return <StateBadge {...deliveryLooks[state]}>{deliveryStateText[state]}</StateBadge>;
}
