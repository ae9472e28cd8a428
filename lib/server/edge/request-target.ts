/**
 * The target of a request as path and query, in whichever form it was sent (RFC 9112, 3.2). The framework builds
 * addresses from it, including redirects.
 * @param target as in the request line
 * @returns `host` of an absolute target, which overrides the Host header, else null; null as a whole for a target that
 *   is neither a path nor an http address
 */
export function originForm(target: string): { readonly path: string; readonly host: string | null } | null {
  // A target has no fragment. The framework would cut it off in some places and not in others.
  if (target.includes("#")) return null;
  if (target.startsWith("/")) return { path: target, host: null };
  const [, host, rest = ""] = /^https?:\/\/([^/?\\@]+)(.*)$/i.exec(target) ?? [];
  if (host === undefined || !/^(?:\/|\?|$)/.test(rest)) return null;
  return { path: rest.startsWith("/") ? rest : `/${rest}`, host };
}

/**
 * Whether the framework would redirect a path: it has repeated slashes, or backslashes, which browsers read as slashes.
 * @param path with or without its query
 */
export function hasRepeatedSlashes(path: string): boolean {
  return /\/\/|\\/.test(path.split("?", 1)[0] ?? "");
}
