import type { TestProject } from "vitest/node";
import { startBuiltApp } from "./built-app";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the built app answers. */
    appAddress: string;
    /** A PostgreSQL on which an app of a test's own may have its database. */
    appServerUrl: string;
  }
}

/**
 * Starts the built app, open to all, once for all files, on the server that `db/testing/global-setup.ts` started. What
 * it logs as an error fails the run: no bad input is a fault of ours.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const serverUrl = project.getProvidedContext().testServerUrl;
  const app = await startBuiltApp(serverUrl, { settings: {} });
  project.provide("appAddress", app.address);
  project.provide("appServerUrl", serverUrl);
  return async () => {
    const errors = app
      .said()
      .split("\n")
      .filter((line) => /"level":("error"|"fatal")/.test(line));
    await app.stop();
    if (errors.length > 0) throw new Error(`The app logged errors:\n${errors.slice(0, 20).join("\n")}`);
  };
}
