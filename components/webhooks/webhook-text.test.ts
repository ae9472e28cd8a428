import { describe, expect, it } from "vitest";
import type { Webhook, WebhookDelivery } from "@/lib/contract/webhooks";
import { attemptsText, limitOf, messageText, subscriptionText, webhookFaults, webhookStateOf } from "./webhook-text";

const delivery: WebhookDelivery = {
  id: 1,
  webhook_id: 1,
  message_id: "msg_1",
  type: "store.offline",
  state: "delivered",
  attempts: 1,
  next_attempt_at: null,
  last_status: 200,
  last_error: null,
  last_duration_ms: 120,
  created_at: "2026-01-28T20:00:00.000Z",
  finished_at: "2026-01-28T20:00:00.120Z",
};
const webhook: Webhook = {
  id: 1,
  url: "https://hooks.example.com/",
  events: ["store.offline"],
  store_ids: null,
  enabled: true,
  disabled_reason: null,
  created_at: "2026-01-28T20:00:00.000Z",
};

describe("a delivery in words", () => {
  it("counts attempts and names the answer", () => {
    expect(attemptsText(delivery)).toBe("1 attempt, HTTP 200");
    expect(attemptsText({ ...delivery, attempts: 3, last_status: 500, last_error: "It answered 500." })).toBe(
      "3 attempts, HTTP 500",
    );
  });

  it("says how long a slow receiver took", () => {
    expect(attemptsText({ ...delivery, last_duration_ms: 3_400 })).toBe("1 attempt, HTTP 200 in 3 s");
  });

  it("says what kept a message from being sent", () => {
    expect(attemptsText({ ...delivery, attempts: 0, last_status: null, last_duration_ms: null })).toBe("Not sent yet");
    expect(attemptsText({ ...delivery, last_status: null, last_error: "Connection refused." })).toBe(
      "1 attempt: Connection refused",
    );
  });
});

it("names messages by their event, and unknown ones by their type", () => {
  expect(["store.offline", "webhook.test", "other.event"].map(messageText)).toEqual([
    "Store went offline",
    "Test message",
    "other.event",
  ]);
});

it("tells a webhook that was turned off from one whose receiver is gone", () => {
  expect(webhookStateOf(webhook)).toBe("on");
  expect(webhookStateOf({ ...webhook, enabled: false, disabled_reason: "request" })).toBe("off");
  expect(webhookStateOf({ ...webhook, enabled: false, disabled_reason: "gone" })).toBe("gone");
});

it("says what is missing in a form", () => {
  expect(webhookFaults("https://hooks.example.com/", ["store.offline"])).toBeNull();
  expect(webhookFaults("", ["store.offline"])).toEqual({ url: "Enter a URL.", events: null });
  expect(webhookFaults("https://hooks.example.com/", [])).toEqual({ url: null, events: "Choose at least one event." });
});

it("says of which stores a webhook receives events", () => {
  const text = (storeIds: string[] | null) => subscriptionText({ ...webhook, store_ids: storeIds });
  expect(text(null)).toBe("Store went offline");
  expect(text(["a"])).toBe("Store went offline. Store events of store a only");
  expect(text(["a", "b"])).toBe("Store went offline. Store events of 2 stores only");
  expect(text([])).toBe("Store went offline. Store events of 0 stores only");
});

it("limits a webhook to the stores that are typed, and not at all where none is", () => {
  expect(limitOf("a, b\n a")).toEqual(["a", "b"]);
  expect(limitOf(" ,")).toBeNull();
});
