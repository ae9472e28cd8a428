import { env } from "@/lib/server/env";
import { checkHost, parseWebhookUrl } from "./address-rules";

/** Whether the settings allow webhooks to this machine and private networks. */
export function privateAddressesAllowed(): boolean {
  return env().WEBHOOK_ALLOW_PRIVATE === "1";
}

/** The address of a webhook in normalized form. @throws AppError webhook_url_not_allowed */
export async function readWebhookAddress(text: string): Promise<string> {
  const allowPrivate = privateAddressesAllowed();
  const url = parseWebhookUrl(text, allowPrivate);
  await checkHost(url, allowPrivate);
  return url.href;
}
