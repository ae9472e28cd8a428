import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import { AppError } from "@/lib/server/errors";

/** What a name stands for. */
export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

export type Resolve = (host: string) => Promise<readonly ResolvedAddress[]>;

export const resolveByDns: Resolve = (host) => lookup(host, { all: true });

/** Thrown while connecting; what it says is shown to whoever made the webhook. */
export class AddressNotAllowed extends Error {
  readonly code = "ADDRESS_NOT_ALLOWED";
}

/**
 * Names that never stand for anything on the public internet: those of one word, those with an empty part, and those
 * kept for networks at home and for examples of failure.
 */
const localName =
  /^[^.]*\.?$|^\.|\.\.|\.(localhost|localdomain|local|internal|intranet|private|corp|home|lan|home\.arpa|test|invalid|onion|alt)\.?$/i;

const portsTaken = new Set(["", "443", "8443"]);

/** Global unicast (RFC 4291). What lies outside it embeds an address of IPv4, stays in a network, or is not given out. */
const globalUnicast = ipaddr.IPv6.parseCIDR("2000::/3");

/** The last half of an address that a tunnel of IPv4 makes within a network (ISATAP, RFC 5214): 0:5efe or 200:5efe, and the IPv4. */
const isIsatap = ({ parts }: ipaddr.IPv6): boolean => ((parts[4] ?? 0) & ~0x0200) === 0 && parts[5] === 0x5efe;

/** Addresses that are public by their number and are a cloud's own services to its machines. */
const cloudServices = new Set(["168.63.129.16"]);

/**
 * Whether an address is one of the public internet. What is not known to be is not: an IPv6 address that stands for
 * one of IPv4 in any of the ways there are (mapped, compatible, NAT64, 6to4, Teredo, ISATAP) never is. Takes addresses
 * as a resolver or `URL` writes them, and no other spelling.
 */
export function isPublicAddress(address: string): boolean {
  const version = isIP(address);
  if (version === 0 || address.includes("%")) return false;
  if (version === 4) return ipaddr.IPv4.parse(address).range() === "unicast" && !cloudServices.has(address);
  const parsed = ipaddr.IPv6.parse(address);
  return parsed.match(globalUnicast) && parsed.range() === "unicast" && !isIsatap(parsed);
}

/** The host of an address, without the brackets of IPv6. */
function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, "$1");
}

function refuse(why: string): AppError {
  const faults = [{ pointer: "/url", code: "webhook_url_not_allowed", reason: why }];
  return new AppError("webhook_url_not_allowed", why, { faults });
}

/**
 * Reads the address of a webhook. However a number is written (`2130706433`, `0x7f.1`), it is judged as the address it
 * is. What a name stands for is checked by `checkHost`, and again whenever a connection is made.
 * @param allowPrivate takes http, any port and any address
 * @throws AppError webhook_url_not_allowed
 */
export function parseWebhookUrl(text: string, allowPrivate: boolean): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null) throw refuse("That is not the address of anything.");
  if (url.protocol !== "https:" && !(allowPrivate && url.protocol === "http:")) {
    throw refuse(allowPrivate ? "Webhooks are sent by https or http." : "Webhooks are sent by https.");
  }
  if (url.username !== "" || url.password !== "") throw refuse("The address must not hold a user or a password.");
  const host = hostOf(url);
  if (host === "" || host.length > 253) throw refuse("The host's name is empty or too long.");
  if (allowPrivate) return url;
  if (!portsTaken.has(url.port)) throw refuse("Webhooks are sent to the ports 443 and 8443.");
  const isAddress = isIP(host) !== 0;
  if (isAddress ? !isPublicAddress(host) : localName.test(host)) {
    throw refuse("Webhooks are sent to addresses of the public internet.");
  }
  return url;
}

const longestLookupMs = 2_000;

/**
 * Checks what the host of a new webhook stands for. A name that is not known yet, or not in time, passes: connections
 * check anew.
 * @throws AppError webhook_url_not_allowed
 */
export async function checkHost(url: URL, allowPrivate: boolean, resolve: Resolve = resolveByDns): Promise<void> {
  const host = hostOf(url);
  if (allowPrivate || isIP(host) !== 0) return;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<readonly ResolvedAddress[]>((done) => {
    timer = setTimeout(done, longestLookupMs, []);
  });
  const addresses = await Promise.race([resolve(host).catch(() => []), late]);
  clearTimeout(timer);
  if (!addresses.every(({ address }) => isPublicAddress(address))) {
    throw refuse("Webhooks are sent to addresses of the public internet.");
  }
}

/**
 * The addresses that a connection to `host` may be made to: the connection is then made to these very addresses, so
 * that nobody can change what the name stands for in between.
 * @throws AddressNotAllowed where any is not public
 */
export async function allowedAddresses(
  host: string,
  allowPrivate: boolean,
  resolve: Resolve,
): Promise<readonly ResolvedAddress[]> {
  const addresses = await resolve(host);
  if (!allowPrivate && !addresses.every(({ address }) => isPublicAddress(address))) {
    throw new AddressNotAllowed("The host's name stands for an address that is not of the public internet.");
  }
  return addresses;
}
