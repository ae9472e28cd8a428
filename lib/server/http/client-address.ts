/** Set by our own server on every request; it replaces what the client sent under this name. */
export const clientAddressHeader = "x-client-address";

/**
 * The address that a request came from. Each proxy appends its client's address to `X-Forwarded-For`. So counted from
 * the end by the number of trusted proxies, that entry is the last one that a client cannot forge.
 * @param peer the other end of the connection
 * @param trustedProxies 0: none, and the header is ignored
 */
export function clientAddress(peer: string, forwardedFor: string | undefined, trustedProxies: number): string {
  if (trustedProxies === 0 || forwardedFor === undefined) return peer;
  const hops = forwardedFor.split(",").map((hop) => hop.trim());
  const address = hops.at(-trustedProxies) ?? hops[0] ?? "";
  return /^[0-9A-Fa-f.:]{2,45}$/.test(address) ? address : peer;
}
