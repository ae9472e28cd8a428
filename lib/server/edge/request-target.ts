/**
 * The target of a request as path and query, whichever form it was sent in (RFC 9112, 3.2): the framework builds
 * addresses, redirects among them, from what it is given.
 * @param target as in the request line
 * @returns `host` of an absolute target, which then rules instead of the Host header, else null; null as a whole for a
 *   target that names nothing here
 */
export function originForm(target: string): { readonly path: string; readonly host: string | null } | null {
  // A fragment is no part of a target; the framework would cut it off in some places and not in others.
  if (target.includes("#")) return null;
  if (target.startsWith("/")) return { path: target, host: null };
  const [, host, rest = ""] = /^https?:\/\/([^/?\\@]+)(.*)$/i.exec(target) ?? [];
  if (host === undefined || !/^(?:\/|\?|$)/.test(rest)) return null;
  return { path: rest.startsWith("/") ? rest : `/${rest}`, host };
}

/**
 * Whether a path has parts that the framework would take out by a redirect: repeated slashes and backslashes, which
 * browsers read as slashes.
 * @param path with or without its query
 */
export function hasRepeatedSlashes(path: string): boolean {
  return /\/\/|\\/.test(path.split("?", 1)[0] ?? "");
}
