import { idsOf } from "@/components/access/access-text";
import type { WebhookEventType } from "@/lib/contract/enums";
import type { Webhook, WebhookDelivery } from "@/lib/contract/webhooks";
import { formatDuration } from "@/lib/format/duration";

/** The event of a subscription in words. */
export const eventText: Record<WebhookEventType, string> = {
  "report.completed": "Report completed",
  "report.failed": "Report failed",
  "import.completed": "Import completed",
  "store.offline": "Store went offline",
  "store.online": "Store came back online",
};

/** What a webhook subscribes to, in a line: "Store went offline, Report failed. Store events of 3 stores only." */
export function subscriptionText({ events, store_ids: storeIds }: Pick<Webhook, "events" | "store_ids">): string {
  const all = events.map((type) => eventText[type]).join(", ");
  if (storeIds === null) return all;
  const [only] = storeIds;
  if (storeIds.length === 1 && only !== undefined) return `${all}. Store events of store ${only} only`;
  return `${all}. Store events of ${storeIds.length.toLocaleString("en-US")} stores only`;
}

/** The stores that a webhook is limited to, as the API takes them. @param typed ids between spaces, commas or lines */
export function limitOf(typed: string): string[] | null {
  const ids = idsOf(typed);
  return ids.length === 0 ? null : [...ids];
}

interface WebhookFaults {
  readonly url: string | null;
  readonly events: string | null;
}

export const noWebhookFaults: WebhookFaults = { url: null, events: null };

/** What is missing in a form for a webhook; null where nothing is. */
export function webhookFaults(url: string, events: readonly WebhookEventType[]): WebhookFaults | null {
  if (url !== "" && events.length > 0) return null;
  return {
    url: url === "" ? "Enter a URL." : null,
    events: events.length === 0 ? "Choose at least one event." : null,
  };
}

export type WebhookState = "on" | "off" | "gone";

/** `gone`: the receiver responded with 410, so nothing is sent any more. */
export function webhookStateOf({ enabled, disabled_reason: reason }: Webhook): WebhookState {
  if (enabled) return "on";
  return reason === "gone" ? "gone" : "off";
}

export const webhookStateText: Record<WebhookState, string> = {
  on: "On",
  off: "Off",
  gone: "Off: receiver answered 410 Gone",
};

export const deliveryStateText: Record<WebhookDelivery["state"], string> = {
  pending: "Pending",
  delivered: "Delivered",
  failed: "Failed",
};

/** The type of a message in words; types that are not subscribed to have none but their name. */
export function messageText(type: string): string {
  if (type === "webhook.test") return "Test message";
  return Object.entries(eventText).find(([name]) => name === type)?.[1] ?? type;
}

/** "2 attempts, HTTP 500 in 3 s", "1 attempt: connection refused" */
export function attemptsText(delivery: WebhookDelivery): string {
  const { attempts, last_status: status, last_error: error, last_duration_ms: took } = delivery;
  if (attempts === 0) return "Not sent yet";
  const counted = attempts === 1 ? "1 attempt" : `${String(attempts)} attempts`;
  if (status === null) return error === null ? counted : `${counted}: ${error.replace(/\.$/, "")}`;
  // Quick answers are the rule; only slow ones tell something.
  const slow = took !== null && took >= 1_000 ? ` in ${formatDuration(took)}` : "";
  return `${counted}, HTTP ${String(status)}${slow}`;
}
