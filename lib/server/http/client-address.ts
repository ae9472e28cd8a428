/** Set by our own server on every request, whatever the client sent under this name. */
export const clientAddressHeader = "x-client-address";

/**
 * The address that a request came from. Each proxy appends the address it was asked from to `X-Forwarded-For`, so what
 * stands as many places from the end as there are trusted proxies is the first that no client can make up.
 * @param peer the other end of the connection
 * @param trustedProxies 0: none, and the header means nothing
 */
export function clientAddress(peer: string, forwardedFor: string | undefined, trustedProxies: number): string {
  if (trustedProxies === 0 || forwardedFor === undefined) return peer;
  const hops = forwardedFor.split(",").map((hop) => hop.trim());
  const address = hops.at(-trustedProxies) ?? hops[0] ?? "";
  return /^[0-9A-Fa-f.:]{2,45}$/.test(address) ? address : peer;
}
