import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The name of the build, the same on every replica of these sources: a tab opened on another build reloads at its next
 * navigation. `ensureBuild` sets it during the build and stores it beside the build.
 */
function buildName() {
  const { BUILD_NAME } = process.env;
  if (BUILD_NAME) return BUILD_NAME;
  try {
    return readFileSync(join(import.meta.dirname, ".next", "sources.sha256"), "utf8").slice(0, 16);
  } catch {
    return undefined; // built by hand
  }
}

/** @type {import("next").NextConfig} */
const config = {
  // Pages for developers, such as /design, are in `page.dev.tsx`.
  pageExtensions: process.env.NODE_ENV === "development" ? ["dev.tsx", "tsx", "ts"] : ["tsx", "ts"],
  deploymentId: buildName(),
  // The documented endpoints respond with and without a trailing slash; a POST must never be redirected.
  skipTrailingSlashRedirect: true,
  // Browsers request it when no page has named ours yet.
  redirects: () => [{ source: "/favicon.ico", destination: "/icon.svg", permanent: true }],
  typedRoutes: true,
  experimental: {
    // `forbidden()`: a page that the viewer may not see responds with 403.
    authInterrupts: true,
    // Each page is loaded at its first request. All routes at once take 120 MB, most of it for handlers of the API,
    // which our own server loads and calls.
    preloadEntriesOnStart: false,
  },
  poweredByHeader: false,
  productionBrowserSourceMaps: false,
  // No user images are shown, so the image optimiser is only attack surface.
  images: { unoptimized: true },
  // `npm run check` checks types; repeating it would cost the first start several seconds.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["postgres", "pino", "prom-client", "rate-limiter-flexible"],
  // A stray lock file in a folder above would otherwise move the root.
  outputFileTracingRoot: import.meta.dirname,
  turbopack: { root: import.meta.dirname },
};

export default config;
