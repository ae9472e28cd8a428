import { defineConfig } from "vitest/config";

const exclude = ["**/node_modules/**", ".next/**", ".data/**", "e2e/**"];
const alias = { "@": import.meta.dirname };

/** `unit` does no I/O; `db` has a real Postgres; `process` starts and kills processes, and runs file by file. */
export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: { name: "unit", include: ["**/*.test.{ts,tsx}"], exclude: [...exclude, "**/*.{db,process}.test.ts"] },
      },
      {
        resolve: { alias },
        test: {
          name: "db",
          include: ["**/*.db.test.ts"],
          exclude,
          globalSetup: "db/testing/global-setup.ts",
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "process",
          include: ["**/*.process.test.ts"],
          exclude,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
