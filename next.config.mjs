import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Which build this is, the same on every replica of these sources: a tab that was opened on another one loads the page
 * anew at its next step. `ensureBuild` names it while it builds and leaves it beside the build.
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
  deploymentId: buildName(),
  // The documented endpoints answer with and without the last slash; a POST must never meet a redirect.
  skipTrailingSlashRedirect: true,
  // Browsers ask for it where no page has told them of ours yet.
  redirects: () => [{ source: "/favicon.ico", destination: "/icon.svg", permanent: true }],
  typedRoutes: true,
  // `forbidden()`: a page that the viewer may not see answers 403.
  experimental: { authInterrupts: true },
  poweredByHeader: false,
  productionBrowserSourceMaps: false,
  // No picture of a user is ever shown, so the image optimiser is only attack surface.
  images: { unoptimized: true },
  // `npm run check` type-checks; doing it again would cost the first start several seconds.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["postgres", "pino", "prom-client", "rate-limiter-flexible"],
  // A stray lock file in a folder above would otherwise move the root.
  outputFileTracingRoot: import.meta.dirname,
  turbopack: { root: import.meta.dirname },
};

export default config;
