import type { TestProject } from "vitest/node";
import { ensureBuild } from "@/scripts/start/build";
import { startBuiltApp } from "./built-app";

declare module "vitest" {
  interface ProvidedContext {
    /** Address of the built app. */
    appAddress: string;
    /** A PostgreSQL on which a test's own app may have its database. */
    appServerUrl: string;
  }
}

/**
 * Starts the built app in open mode, once for all files, on the server that `db/testing/global-setup.ts` started. An
 * error in its log fails the run: bad input is never a fault of ours.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await ensureBuild(new AbortController().signal, () => undefined);
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
