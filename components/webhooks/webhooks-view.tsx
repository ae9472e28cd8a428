"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { SettingsTabs } from "@/components/access/settings-tabs";
import { AsyncPanel } from "@/components/ui/async-panel";
import { Panel } from "@/components/ui/panel";
import { webhookQueries } from "@/lib/client/webhook-queries";
import type { Webhook } from "@/lib/contract/webhooks";
import { CreateWebhookForm } from "./create-webhook-form";
import { WebhookSecret } from "./webhook-secret";
import { WebhookState } from "./webhook-state";
import { subscriptionText } from "./webhook-text";

function WebhookRow({ webhook }: { webhook: Webhook }) {
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1 py-3">
      <div className="min-w-0 flex-1 basis-64">
        <Link
          href={`/webhooks/${String(webhook.id)}`}
          prefetch={false}
          className="hover:text-accent inline-block min-h-6 font-medium break-all hover:underline"
        >
          {webhook.url}
        </Link>
        <p className="text-muted text-pretty">{subscriptionText(webhook)}</p>
      </div>
      <WebhookState webhook={webhook} />
    </li>
  );
}

/** The webhooks, and a new one. */
export function WebhooksView() {
  const webhooks = useQuery(webhookQueries.list());
  const [created, setCreated] = useState<Webhook | null>(null);
  return (
    <>
      <SettingsTabs title="Webhooks" current="/webhooks" />
      {created && <WebhookSecret value={created} />}
      <div className="grid items-start gap-3 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Panel title="Webhooks" id="webhooks">
          <AsyncPanel what="webhooks" query={webhooks} height="h-48">
            {(data) =>
              data.webhooks.length === 0 ? (
                <p className="text-muted text-pretty">
                  No webhooks yet. A webhook sends a message to your program when a store goes offline or comes back, or
                  when a report or import ends.
                </p>
              ) : (
                <ul aria-label="Webhooks" className="divide-line -my-3 divide-y">
                  {data.webhooks.map((webhook) => (
                    <WebhookRow key={webhook.id} webhook={webhook} />
                  ))}
                </ul>
              )
            }
          </AsyncPanel>
        </Panel>
        <CreateWebhookForm onCreated={setCreated} />
      </div>
    </>
  );
}
