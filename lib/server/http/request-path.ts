/** Set by our own server on every request: the requested path and query, which pages cannot get otherwise. */
export const pageAddressHeader = "x-page-address";

/** A path that parsing leaves as it is, unless a part of it starts with a dot. */
const plainPath = /^\/[\w.~/-]*(?=\?|$)/;

/**
 * The path that the router will see: dots resolved and escapes unchanged.
 * @param address as in the request line: a path with its query, or the absolute form that proxies may send
 * @returns null for what is not an address
 */
export function routedPath(address: string): string | null {
  // Parsing an address takes longer than all else that is done with most of them.
  const plain = address.includes("/.") ? undefined : plainPath.exec(address)?.[0];
  if (plain !== undefined) return plain;
  const absolute = address.startsWith("/") ? `http://localhost${address}` : address;
  return URL.canParse(absolute) ? new URL(absolute).pathname : null;
}

/** Text without its percent escapes; unchanged when they are not UTF-8. */
export function decodePercent(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Whether programs request the path, so that errors are JSON; all other paths are pages. */
export function isApiPath(path: string): boolean {
  return /^\/+(api|store|metrics|\.well-known)(\/|$)/.test(path);
}

/** Whether the framework reserves the path: parts of pages, and what else it may add. */
export function isFrameworkPath(path: string): boolean {
  return /^\/+_/.test(path);
}

/** Whether it is a built asset of the pages: scripts, styles and fonts, the same for all viewers. */
export function isStaticAsset(path: string): boolean {
  return path.startsWith("/_next/static/");
}
