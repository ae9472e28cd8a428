import { afterAll, beforeAll } from "vitest";
import { testDb, type TestDatabase } from "@/db/testing/test-db";
import { Replicas, type Replica } from "@/e2e/faults/harness/replicas";
import { asker, type Ask } from "./http";

/** A built app of one test file. */
export interface OwnApp {
  readonly database: TestDatabase;
  /** Its web server. */
  readonly web: Replica;
  /** Starts a worker: until then everything queued stays queued. @param settings that differ from the app's */
  startWorker(settings?: Readonly<Record<string, string>>): Promise<Replica>;
}

/**
 * Gives the tests of a file a web server of their own on an empty database, with settings that the shared app cannot
 * have, and without a worker until one is started.
 * @returns the app, only inside tests and hooks; and what sends requests to it
 */
export function ownApp(env: Readonly<Record<string, string>>): { readonly app: () => OwnApp; readonly ask: Ask } {
  const database = testDb();
  const replicas = new Replicas();
  let app: OwnApp | null = null;
  const settings = (more = {}) => ({ databaseUrl: database().url, env: { LOG_LEVEL: "error", ...env, ...more } });
  beforeAll(async () => {
    const web = await replicas.web(settings());
    app = { database: database(), web, startWorker: (more) => replicas.worker(settings(more)) };
  });
  afterAll(() => replicas.killAll());
  const started = (): OwnApp => {
    if (app === null) throw new Error("ownApp() gives its app inside tests and hooks only.");
    return app;
  };
  return { app: started, ask: asker(() => started().web.origin) };
}
