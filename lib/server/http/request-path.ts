/** Set by our own server on every request: path and query as they were asked for, which pages are not told otherwise. */
export const pageAddressHeader = "x-page-address";

/**
 * The path that the router will see: dots resolved and escapes left as they are.
 * @param address as in the request line: a path with its query, or the absolute form that proxies may send
 * @returns null for what is no address
 */
export function routedPath(address: string): string | null {
  const absolute = address.startsWith("/") ? `http://localhost${address}` : address;
  return URL.canParse(absolute) ? new URL(absolute).pathname : null;
}

/** Whether programs are answered at this path, with JSON or CSV; everywhere else people are, with pages. */
export function isForPrograms(path: string): boolean {
  return /^\/+(api|store|metrics)(\/|$)/.test(path);
}

/** Whether the path is one that the framework keeps for itself: its parts of pages, and whatever else it may add. */
export function isFrameworks(path: string): boolean {
  return /^\/+_/.test(path);
}

/** Whether it is a built part of the pages: scripts, styles and fonts, the same for everybody. */
export function isBuiltFile(path: string): boolean {
  return path.startsWith("/_next/static/");
}
