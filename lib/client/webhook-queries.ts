import { mutationOptions, queryOptions } from "@tanstack/react-query";
import type { ChangeWebhook, CreateWebhook, WebhookDelivery } from "@/lib/contract/webhooks";
import { fetchDone, fetchJson } from "./fetch-json";

const watchMs = 2_000;
const refreshMs = 30_000;

/**
 * Within this time of its next attempt a delivery may change at any moment: an attempt in progress sets the next one to
 * when it is given up. One that is overdue for longer waits for its webhook to be turned on.
 */
const nearMs = 60_000;

/** How long to wait before reading deliveries again, in ms: little only while one is about to be attempted. */
export function deliveriesPauseMs(
  deliveries: readonly Pick<WebhookDelivery, "state" | "next_attempt_at">[],
  now: number,
): number {
  const isNear = deliveries.some(
    ({ state, next_attempt_at: next }) =>
      state === "pending" && (next === null || Math.abs(Date.parse(next) - now) < nearMs),
  );
  return isNear ? watchMs : refreshMs;
}

const contract = () => import("@/lib/contract/webhooks");
const webhookSchema = async () => (await contract()).WebhookSchema;
const deliverySchema = async () => (await contract()).WebhookDeliverySchema;
const pathOf = (id: number): string => `/api/v1/webhooks/${String(id)}`;

/** A delivery, as the operations about it name it. */
interface DeliveryPlace {
  readonly webhookId: number;
  readonly deliveryId: number;
}

export const webhookQueries = {
  all: () => ["webhooks"] as const,
  list: () =>
    queryOptions({
      queryKey: [...webhookQueries.all(), "list"],
      queryFn: ({ signal }) =>
        fetchJson("/api/v1/webhooks", async () => (await contract()).WebhookListSchema, { signal }),
    }),
  one: (id: number) =>
    queryOptions({
      queryKey: [...webhookQueries.all(), "webhook", id],
      queryFn: ({ signal }) => fetchJson(pathOf(id), webhookSchema, { signal }),
    }),
  deliveriesOf: (id: number) => [...webhookQueries.all(), "deliveries", id] as const,
  /** @param cursor of a page after the first */
  deliveries: (id: number, cursor: string | null) =>
    queryOptions({
      queryKey: [...webhookQueries.deliveriesOf(id), cursor],
      queryFn: ({ signal }) => {
        const search = cursor === null ? "" : `?${new URLSearchParams({ cursor }).toString()}`;
        const schema = async () => (await contract()).WebhookDeliveryListSchema;
        return fetchJson(`${pathOf(id)}/deliveries${search}`, schema, { signal });
      },
      refetchInterval: ({ state }) => deliveriesPauseMs(state.data?.deliveries ?? [], Date.now()),
    }),
  create: () =>
    mutationOptions({
      mutationFn: (json: CreateWebhook) => fetchJson("/api/v1/webhooks", webhookSchema, { method: "POST", json }),
    }),
  change: () =>
    mutationOptions({
      mutationFn: ({ id, ...json }: ChangeWebhook & { readonly id: number }) =>
        fetchJson(pathOf(id), webhookSchema, { method: "PATCH", json }),
    }),
  remove: () => mutationOptions({ mutationFn: (id: number) => fetchDone(pathOf(id), { method: "DELETE" }) }),
  test: () =>
    mutationOptions({
      mutationFn: (id: number) => fetchJson(`${pathOf(id)}/test`, deliverySchema, { method: "POST" }),
    }),
  replay: () =>
    mutationOptions({
      mutationFn: ({ webhookId, deliveryId }: DeliveryPlace) =>
        fetchJson(`${pathOf(webhookId)}/deliveries/${String(deliveryId)}/replay`, deliverySchema, { method: "POST" }),
    }),
};
