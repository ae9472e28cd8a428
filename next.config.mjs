/** @type {import("next").NextConfig} */
const config = {
  // The documented endpoints answer with and without the last slash; a POST must never meet a redirect.
  skipTrailingSlashRedirect: true,
  typedRoutes: true,
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
