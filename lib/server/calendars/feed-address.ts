import { env } from "@/lib/server/env";
import { AppError } from "@/lib/server/errors";
import { checkHost, feedAddresses, parseOutgoingUrl, resolveByDns } from "@/lib/server/outgoing/address-rules";
import { privateAddressesAllowed } from "@/lib/server/outgoing/private-addresses";
import { fetchFeed } from "./fetch-feed";

/** The address of a feed in a request; `webcal:` is https. @throws AppError feed_url_not_allowed, invalid_url */
export async function readFeedAddress(text: string): Promise<string> {
  const allowPrivate = privateAddressesAllowed();
  const url = parseOutgoingUrl(text.trim().replace(/^webcals?:/i, "https:"), allowPrivate, feedAddresses);
  await checkHost(url, allowPrivate, feedAddresses);
  return url.href;
}

/**
 * The text of the calendar at an address, for a request that waits for it.
 * @param at where the address is in the request   @param signal ends the attempt
 * @throws AppError feed_url_not_allowed, invalid_url, invalid_icalendar with the reason why it could not be fetched
 */
export async function fetchFeedText(address: string, at: string, signal: AbortSignal): Promise<string> {
  const url = await readFeedAddress(address);
  const options = { allowPrivate: privateAddressesAllowed(), resolve: resolveByDns, signal };
  const timeoutMs = env().WEBHOOK_TIMEOUT_SECONDS * 1_000;
  const result = await fetchFeed(url, { etag: null, lastModified: null }, { ...options, timeoutMs });
  if (result.kind === "text") return result.text;
  const reason = result.kind === "failed" ? result.reason : "It answered 304.";
  throw new AppError("invalid_icalendar", `The address could not be read. ${reason}`, {
    faults: [{ pointer: `${at}/url`, code: "invalid_icalendar", reason }],
  });
}
