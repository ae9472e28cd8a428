import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import { AppError } from "@/lib/server/errors";

/** What a name resolves to. */
export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

export type Resolve = (host: string) => Promise<readonly ResolvedAddress[]>;

export const resolveByDns: Resolve = (host) => lookup(host, { all: true });

/** What an address is for: the error that refuses it, and how its messages start. */
export interface AddressUse {
  readonly code: "webhook_url_not_allowed" | "feed_url_not_allowed";
  readonly by: string;
  readonly at: string;
}

export const webhookAddresses: AddressUse = {
  code: "webhook_url_not_allowed",
  by: "Webhooks are only sent by",
  at: "Webhooks are only sent to",
};

export const feedAddresses: AddressUse = {
  code: "feed_url_not_allowed",
  by: "Calendars are only fetched by",
  at: "Calendars are only fetched from",
};

/** Thrown while connecting; its message is shown to the person who set the address. */
export class AddressNotAllowed extends Error {
  readonly code = "ADDRESS_NOT_ALLOWED";
}

/**
 * Names that never resolve to anything on the public internet: single labels, names with an empty label, and those
 * reserved for home networks and for testing.
 */
const localName =
  /^[^.]*\.?$|^\.|\.\.|\.(localhost|localdomain|local|internal|intranet|private|corp|home|lan|home\.arpa|test|invalid|onion|alt)\.?$/i;

const portsTaken = new Set(["", "443", "8443"]);

/** Global unicast (RFC 4291). Anything outside it embeds an IPv4 address, is local, or is not assigned. */
const globalUnicast = ipaddr.IPv6.parseCIDR("2000::/3");

/**
 * The second half of an ISATAP address (RFC 5214), an IPv4 tunnel within a network: 0:5efe or 200:5efe, and the IPv4
 * address.
 */
const isIsatap = ({ parts }: ipaddr.IPv6): boolean => ((parts[4] ?? 0) & ~0x0200) === 0 && parts[5] === 0x5efe;

/** Addresses that are public by number but are cloud services for local machines, such as metadata. */
const cloudServices = new Set(["168.63.129.16"]);

/**
 * Whether an address is on the public internet. Anything not known to be public is not: an IPv6 address that represents
 * an IPv4 address in any form (mapped, compatible, NAT64, 6to4, Teredo, ISATAP) never is. Accepts addresses as written
 * by a resolver or `URL`, and no other notation.
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

function refuse({ code }: AddressUse, why: string): AppError {
  return new AppError(code, why, { faults: [{ pointer: "/url", code, reason: why }] });
}

/**
 * Parses an address that requests are sent to. However an IP address is written (`2130706433`, `0x7f.1`), it is checked as the
 * address it is. What a name resolves to is checked by `checkHost`, and again for every connection.
 * @param allowPrivate allows http, any port and any address
 * @throws AppError with the code of the use
 */
export function parseOutgoingUrl(text: string, allowPrivate: boolean, use: AddressUse): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null) throw refuse(use, "This is not a valid address.");
  if (url.protocol !== "https:" && !(allowPrivate && url.protocol === "http:")) {
    throw refuse(use, `${use.by} ${allowPrivate ? "https or http" : "https"}.`);
  }
  if (url.username !== "" || url.password !== "")
    throw refuse(use, "The address must not contain a user or a password.");
  const host = hostOf(url);
  if (host === "" || host.length > 253) throw refuse(use, "The host name is empty or too long.");
  if (allowPrivate) return url;
  if (!portsTaken.has(url.port)) throw refuse(use, `${use.at} the ports 443 and 8443.`);
  const isAddress = isIP(host) !== 0;
  if (isAddress ? !isPublicAddress(host) : localName.test(host)) {
    throw refuse(use, `${use.at} addresses on the public internet.`);
  }
  return url;
}

const longestLookupMs = 2_000;

/**
 * Checks what the host of a new address resolves to. A name that does not resolve yet, or not in time, passes: every
 * connection checks again.
 * @throws AppError with the code of the use
 */
export async function checkHost(
  url: URL,
  allowPrivate: boolean,
  use: AddressUse,
  resolve: Resolve = resolveByDns,
): Promise<void> {
  const host = hostOf(url);
  if (allowPrivate || isIP(host) !== 0) return;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<readonly ResolvedAddress[]>((done) => {
    timer = setTimeout(done, longestLookupMs, []);
  });
  const addresses = await Promise.race([resolve(host).catch(() => []), late]);
  clearTimeout(timer);
  if (!addresses.every(({ address }) => isPublicAddress(address))) {
    throw refuse(use, `${use.at} addresses on the public internet.`);
  }
}

/**
 * The addresses that a connection to `host` may be made to. The connection uses exactly these, so that a changed DNS
 * record has no effect in between.
 * @throws AddressNotAllowed when any of them is not public
 */
export async function allowedAddresses(
  host: string,
  allowPrivate: boolean,
  resolve: Resolve,
): Promise<readonly ResolvedAddress[]> {
  const addresses = await resolve(host);
  if (!allowPrivate && !addresses.every(({ address }) => isPublicAddress(address))) {
    throw new AddressNotAllowed("The host name resolves to an address that is not on the public internet.");
  }
  return addresses;
}
