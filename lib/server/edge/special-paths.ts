/**
 * Paths that are treated differently. `admitted`: cheap and without the database, or needed under overload, so never
 * rejected. `quiet`: requested so often that success is logged only at level debug.
 */
const specialPaths: readonly { readonly path: string; readonly admitted?: true; readonly quiet?: true }[] = [
  { path: "/_next", admitted: true, quiet: true },
  { path: "/icon.svg", admitted: true, quiet: true },
  { path: "/favicon.ico", admitted: true },
  { path: "/metrics", admitted: true, quiet: true },
  { path: "/api/livez", admitted: true, quiet: true },
  { path: "/api/readyz", admitted: true, quiet: true },
  { path: "/api/openapi.json", admitted: true },
  { path: "/api/v1/status", quiet: true },
];

const admitted = new Set(specialPaths.filter((one) => one.admitted).map(({ path }) => path));
const quiet = new Set(specialPaths.filter((one) => one.quiet).map(({ path }) => path));

/** The framework's files count as one path. A trailing slash is ignored. */
const shortened = (path: string): string => {
  if (path.startsWith("/_next/")) return "/_next";
  return path.endsWith("/") ? path.slice(0, -1) : path;
};

export function isAlwaysAdmitted(path: string): boolean {
  return admitted.has(shortened(path));
}

export function isQuiet(path: string): boolean {
  return quiet.has(shortened(path));
}
