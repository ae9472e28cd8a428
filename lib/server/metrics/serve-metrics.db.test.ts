import { createServer } from "node:net";
import { afterEach, expect, it } from "vitest";
import { testDb } from "@/db/testing/test-db";
import { makeLog } from "@/lib/server/log";
import { openDatabaseGate } from "@/lib/server/health/database-gate";
import { metrics } from "./metrics";
import { type MetricsServer, serveMetrics } from "./serve-metrics";

const database = testDb();
const log = makeLog("silent", { write: () => undefined });
let server: MetricsServer | null = null;
afterEach(() => {
  server?.close();
  server = null;
  globalThis.storeMonitoringDatabaseGate = undefined;
});

const closing = { headers: { connection: "close" } };
async function get(path: string, init: RequestInit = {}): Promise<Response> {
  server ??= await serveMetrics(database(), { host: "127.0.0.1", port: 0, log });
  return fetch(`http://127.0.0.1:${server.port}${path}`, { ...closing, ...init });
}
/** The sample of a metric, with the labels that it is listed under. */
const sample = (text: string, name: string): string | undefined =>
  text
    .split("\n")
    .find((line) => line.startsWith(`${name} `))
    ?.slice(name.length + 1);

it("serves what the process counted and what the database has, in the format of Prometheus, at one address", async () => {
  metrics().pollsIngested.inc({ result: "accepted" }, 74);
  const response = await get("/metrics?x=1");
  expect([response.status, response.headers.get("content-type")]).toEqual([200, expect.stringMatching(/^text\/plain/)]);
  const text = await response.text();
  expect(sample(text, 'polls_ingested_total{result="accepted"}')).toBe("74");
  expect(sample(text, "database_up")).toBe("1");
  expect(sample(text, 'job_oldest_queued_seconds{kind="report"}')).toBe("0");
  expect(text).toContain("nodejs_eventloop_lag_seconds ");
  for (const [path, init] of [
    ["/", {}],
    ["/metrics/x", {}],
    ["/metrics", { method: "POST" }],
  ] as const) {
    expect((await get(path, init)).status).toBe(404);
  }
});

it("counts the requests that wait for the check whether the pool has a connection for them", async () => {
  const waiting = async () => sample(await (await get("/metrics")).text(), 'db_pool_waiting{pool="web"}');
  expect(await waiting()).toBeUndefined();
  let answer: () => void = () => undefined;
  const gate = openDatabaseGate({ ask: () => new Promise<void>((resolve) => (answer = resolve)), log });
  const asked = [gate.isOpen(), gate.isOpen(), gate.isOpen()];
  expect(await waiting()).toBe("3");
  answer();
  expect(await Promise.all(asked)).toEqual([true, true, true]);
  expect(await waiting()).toBe("0");
});

it("says so when the port is taken", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const address = other.address();
  const port = address && typeof address === "object" ? address.port : 0;
  await expect(serveMetrics(database(), { host: "127.0.0.1", port, log })).rejects.toThrow(
    `The metrics cannot be served on 127.0.0.1, port ${port}`,
  );
  await new Promise((resolve) => other.close(resolve));
});
