import { findBrowser } from "./browser";
import { pictured, startApp } from "./start-app";

/**
 * Finds the browser and starts the app on a free port with a folder of its own. Commands that a spec runs
 * (`npm run import`) find the same database, by `DATA_DIR`.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const browser = findBrowser();
  process.env.E2E_CHROMIUM = browser.executablePath;
  process.env.E2E_CHROMIUM_ENV = JSON.stringify(browser.env);
  delete process.env.DATABASE_URL;
  // By the last lines of the start the demo data is there.
  // Pictures are the same each time they are made, and specs find checks that have just come.
  const demo = process.env.SCREENSHOTS === "1" ? pictured : "1";
  const app = await startApp({ DEMO_DATA: demo }, (said) => /get_report|There is no store/.test(said));
  process.env.DATA_DIR = app.dataDir;
  process.env.E2E_ADDRESS = app.address;
  return () => app.stop();
}
