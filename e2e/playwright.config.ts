import { join } from "node:path";
import { defineConfig, devices } from "@playwright/test";

const flags = [
  ...["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
  ...["--disable-component-update", "--disable-sync", "--font-render-hinting=none"],
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  // A picture that is painted in parts, or by several threads, is not bit-identical each time.
  ...(process.env.SCREENSHOTS === "1" ? ["--disable-partial-raster", "--num-raster-threads=1"] : []),
];

/**
 * The production build, as `npm start` serves it, in a zone that no store has. The setup finds the browser and starts
 * the app with a database of its own; it passes both on in the environment, which the workers inherit.
 */
export default defineConfig({
  testDir: "pages",
  // The pictures of the documentation are taken by specs, but only on request.
  testMatch: process.env.SCREENSHOTS === "1" ? "*.shots.ts" : "*.spec.ts",
  // A folder of its own, because it is emptied at each start, and the fault tests write beside it.
  outputDir: join(import.meta.dirname, "..", "test-results", "browser"),
  globalSetup: "./pages/global-setup.ts",
  fullyParallel: false,
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: {
    ...devices["Desktop Chrome"],
    baseURL: process.env.E2E_ADDRESS,
    timezoneId: "Asia/Kathmandu",
    locale: "en-US",
    // Recording every test slows all of them down; use `--trace on` to record.
    trace: "off",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.E2E_CHROMIUM,
      env: { ...process.env, ...(JSON.parse(process.env.E2E_CHROMIUM_ENV ?? "{}") as Record<string, string>) },
      args: flags,
    },
  },
});
