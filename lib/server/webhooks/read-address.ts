import { checkHost, parseOutgoingUrl, webhookAddresses } from "@/lib/server/outgoing/address-rules";
import { privateAddressesAllowed } from "@/lib/server/outgoing/private-addresses";

/** The address of a webhook in normalized form. @throws AppError webhook_url_not_allowed */
export async function readWebhookAddress(text: string): Promise<string> {
  const allowPrivate = privateAddressesAllowed();
  const url = parseOutgoingUrl(text, allowPrivate, webhookAddresses);
  await checkHost(url, allowPrivate, webhookAddresses);
  return url.href;
}
