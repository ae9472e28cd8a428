import { defineConfig } from "vitest/config";

const exclude = ["**/node_modules/**", ".next/**", ".data/**", "e2e/pages/**"];
/** Intended log output would hide the unintended. Handwritten requests go to hosts with these names. */
const env = { LOG_LEVEL: "silent", ALLOWED_HOSTS: "x,a,app" };
const alias = { "@": import.meta.dirname };

/** Timers of the product, shortened so that a fault test waits seconds instead of half a minute. */
const faultEnv = {
  LOG_LEVEL: "silent",
  LEASE_SECONDS: "2",
  HEARTBEAT_SECONDS: "0.5",
  SWEEP_SECONDS: "0.5",
  WEBHOOK_TIMEOUT_SECONDS: "1",
  WEBHOOK_ALLOW_PRIVATE: "1",
};
/** Tests that start processes take up to two minutes on a busy machine; only one that hangs takes longer than this. */
const hangMs = 300_000;

const db = {
  env,
  include: ["**/*.db.test.ts"],
  globalSetup: "db/testing/global-setup.ts",
  testTimeout: 30_000,
  hookTimeout: 60_000,
};
/** Files that share a process and its modules, because they neither replace modules nor load them again. */
const sharing = [
  ...["db/*.db.test.ts", "db/queries/*.db.test.ts", "lib/server/{health,imports,jobs,polls,zones}/*.db.test.ts"],
  ...["lib/server/access/!(set-up|sign-in).db.test.ts", "lib/server/http/!(rate-limit).db.test.ts"],
];

const faults = {
  env: faultEnv,
  exclude,
  globalSetup: ["db/testing/global-setup.ts", "e2e/faults/harness/global-setup.ts"],
  testTimeout: hangMs,
  hookTimeout: hangMs,
  fileParallelism: false,
};

/**
 * `unit` does no I/O; `db` and `db-sharing` have a real Postgres; `process` starts and kills processes, and runs file by
 * file; `app` tests the built app over HTTP; `faults` break it, and `long-faults` take minutes to do so.
 */
export default defineConfig({
  test: {
    // Suites that run at the same time would write the same file.
    cache: false,
    projects: [
      {
        resolve: { alias },
        test: {
          env,
          name: "unit",
          include: ["**/*.test.{ts,tsx}"],
          exclude: [...exclude, "**/*.{db,process,app,fault,long}.test.ts"],
          // They share a process and its modules, so each test resets what it sets in globalThis.
          isolate: false,
          // A property of a hundred cases takes longer than the default timeout on a busy machine.
          testTimeout: 30_000,
        },
      },
      { resolve: { alias }, test: { ...db, name: "db", exclude: [...exclude, ...sharing] } },
      // Starting a process for each file would take a third of their time.
      { resolve: { alias }, test: { ...db, name: "db-sharing", include: sharing, exclude, isolate: false } },
      {
        resolve: { alias },
        test: {
          env,
          name: "process",
          include: ["**/*.process.test.ts"],
          exclude,
          testTimeout: hangMs,
          hookTimeout: hangMs,
          fileParallelism: false,
        },
      },
      {
        resolve: { alias },
        test: {
          env,
          name: "app",
          include: ["**/*.app.test.ts"],
          exclude,
          globalSetup: ["db/testing/global-setup.ts", "e2e/http/bad-input/test-support/start-app.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      { resolve: { alias }, test: { ...faults, name: "faults", include: ["**/*.fault.test.ts"] } },
      { resolve: { alias }, test: { ...faults, name: "long-faults", include: ["**/*.long.test.ts"] } },
    ],
  },
});
