import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { childEnv } from "@/lib/server/env";

const root = join(import.meta.dirname, "..", "..", "..");

it("attaches no listener of the framework to our server, and to the process only those listed here", async () => {
  const program = join(import.meta.dirname, "test-support", "attached.ts");
  const env = childEnv({ NODE_ENV: "production", LOG_LEVEL: "silent" });
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", program], { cwd: root, env });
  const seen = JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Record<string, unknown>;
  expect(seen["status"]).toBe(200);
  expect(seen["after"]).toEqual(seen["before"]);
  expect(seen["after"]).toMatchObject({ listeners: { request: 1, upgrade: 1, checkExpectation: 1, connect: 1 } });
  // What it would have attached to ours: one listener for upgrades, besides Node's own for connections.
  expect(seen["standIn"]).toMatchObject({ upgrade: 1 });
  expect(seen["process"]).toEqual(["rejectionHandled", "uncaughtException", "unhandledRejection"]);
});
