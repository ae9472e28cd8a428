import { ensureBuild } from "@/scripts/start/build";
import { findBrowser } from "./browser";
import { pictured, startApp } from "./start-app";

/**
 * Finds the browser and starts the app on a free port with a folder of its own. Commands that a spec runs (`npm run
 * import`) use the same database, by `DATA_DIR`.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const browser = findBrowser();
  process.env.E2E_CHROMIUM = browser.executablePath;
  process.env.E2E_CHROMIUM_ENV = JSON.stringify(browser.env);
  delete process.env.DATABASE_URL;
  await ensureBuild(new AbortController().signal, () => undefined);
  // When the start has printed its last lines, the demo data are loaded. Pictures are reproducible, and specs find
  // recent checks.
  const demo = process.env.SCREENSHOTS === "1" ? pictured : "1";
  const app = await startApp({ DEMO_DATA: demo }, (said) => /get_report|There is no store/.test(said));
  process.env.DATA_DIR = app.dataDir;
  process.env.E2E_ADDRESS = app.address;
  return () => app.stop();
}
