import { spawn } from "node:child_process";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { makeDataDir, removeDataDir, until } from "@/db/testing/holders";
import { startFor, stopAll } from "./test-support/started";

const root = join(import.meta.dirname, "..", "..");
const dataDir = makeDataDir();

afterAll(async () => {
  stopAll();
  await removeDataDir(dataDir);
});

const hours = Array.from({ length: 24 }, (_, hour) => hour);
const poll = (hour: number): string =>
  JSON.stringify({
    store_id: "pushed-1",
    at: `2023-01-24T${String(hour).padStart(2, "0")}:30:00Z`,
    status: hour === 12 ? "inactive" : "active",
  });

it("pushes, triggers and downloads across a restart of the server, losing nothing and counting nothing twice", async () => {
  const first = startFor(dataDir, "0");
  const address = await first.address();
  const client = spawn(
    process.execPath,
    ["--import", "tsx", "docs/examples/push-and-report.ts", address.href, "2023-01-25T00:00:00Z"],
    { cwd: root },
  );
  let csv = "";
  let said = "";
  client.stdout.on("data", (chunk: Buffer) => (csv += chunk.toString()));
  client.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => client.on("close", resolve));

  client.stdin.write(`${hours.slice(0, 12).map(poll).join("\n")}\n\n`);
  await until(() => said.includes('"accepted":12'), 60_000);

  first.child.kill("SIGKILL");
  await first.exitCode;
  // Half of what was stored before the crash is sent again, as a client would that never got the response.
  client.stdin.end(`${hours.slice(6).map(poll).join("\n")}\n`);
  const again = startFor(dataDir, address.port);
  await again.address();

  expect(await ended, said).toBe(0);
  expect(said).toContain('"accepted":12,"duplicate":6,"conflicting":0,"rejected":[]');
  // Always open: 22:45 to 00:00 is up by the last poll, the hour around 12:30 is down, the whole day is known.
  const [, row] = csv.split("\r\n");
  expect(row).toBe(
    "pushed-1,60.00,23.00,23.75,0.00,1.00,1.00,0.00,0.00,143.25,1.00,1.00,0.15,interpolated,2023-01-25T00:00:00.000Z",
  );
});
