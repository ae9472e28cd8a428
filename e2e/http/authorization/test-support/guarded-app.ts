import { afterAll, beforeAll, inject } from "vitest";
import { migrate } from "@/db/migrate";
import { openDatabase, type Database } from "@/db/client";
import { startBuiltApp, type BuiltApp } from "@/e2e/http/bad-input/test-support/built-app";
import { plantAccessWorld, type AccessWorld } from "./access-world";

/** A built app with access control, and its callers. */
export interface GuardedApp {
  readonly app: BuiltApp;
  readonly world: AccessWorld;
}

/**
 * Gives the tests of a file a built app with access control, and all that `plantAccessWorld` creates in its database.
 * @param settings in addition to AUTH=required
 * @returns a function that may be called inside tests and hooks
 */
export function guardedApp(settings: Readonly<Record<string, string>> = {}): () => GuardedApp {
  let database: Database | null = null;
  let app: BuiltApp | null = null;
  let world: AccessWorld | null = null;

  beforeAll(async () => {
    app = await startBuiltApp(inject("appServerUrl"), {
      settings: { AUTH: "required", LOG_LEVEL: "debug", ...settings },
      prepare: async (url) => {
        await migrate(url);
        database = openDatabase(url, { max: 4, applicationName: "test", statementTimeoutMs: 30_000 });
        world = await plantAccessWorld(database);
      },
    });
  });
  afterAll(async () => {
    await database?.close();
    await app?.stop();
  });
  return () => {
    if (app === null || world === null) throw new Error("guardedApp() gives its app inside tests and hooks only.");
    return { app, world };
  };
}
