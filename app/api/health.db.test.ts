import { createServer, type Server } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { openDatabase } from "@/db/client";
import { testDb } from "@/db/testing/test-db";
import { expectDocumented } from "@/lib/contract/test-support/expect-documented";
import { requireReady } from "@/lib/server/health/readiness";

const database = testDb();
async function load() {
  vi.stubEnv("DATABASE_URL", database().url);
  return {
    livez: await import("./livez/route"),
    readyz: await import("./readyz/route"),
    metrics: await import("@/app/metrics/route"),
    polls: await import("./v1/polls/route"),
    closeDatabase: (await import("@/lib/server/database")).closeDatabase,
  };
}
let app: Awaited<ReturnType<typeof load>>;
beforeAll(async () => {
  app = await load();
});
afterAll(async () => {
  await app.closeDatabase();
  vi.unstubAllEnvs();
});

const context = { params: Promise.resolve({}) };
async function get(route: { GET: typeof app.livez.GET }, path: string): Promise<[number, unknown]> {
  const request = new Request(`http://localhost${path}`);
  const response = await route.GET(request, context);
  return [response.status, await expectDocumented(request, response)];
}

describe("health", () => {
  it("is ready on a database with this schema, and says no more than that", async () => {
    expect(await get(app.readyz, "/api/readyz")).toEqual([200, { status: "ready" }]);
    expect(await get(app.livez, "/api/livez")).toEqual([200, { status: "alive" }]);
  });

  it("is not ready while the newest migration is missing, nor before the first", async () => {
    const { sql } = database();
    const [newest] = await sql`
      delete from drizzle.__drizzle_migrations
      where created_at = (select max(created_at) from drizzle.__drizzle_migrations) returning *`;
    const [status, problem] = await get(app.readyz, "/api/readyz");
    expect([status, problem]).toEqual([
      503,
      expect.objectContaining({ code: "not_ready", detail: "Not ready: its schema is older than this program." }),
    ]);
    await sql`alter table drizzle.__drizzle_migrations rename to elsewhere`;
    expect((await get(app.readyz, "/api/readyz"))[0]).toBe(503);
    await sql`alter table drizzle.elsewhere rename to __drizzle_migrations`;
    await sql`insert into drizzle.__drizzle_migrations ${sql(newest ?? {}, "hash", "created_at")}`;
    expect((await get(app.readyz, "/api/readyz"))[0]).toBe(200);
  });
});

describe("readiness with a database that does not respond", () => {
  let silent: Server | null = null;
  afterEach(() => silent?.close());

  it("gives up after a second", async () => {
    const sockets: { destroy(): void }[] = [];
    silent = createServer((socket) => sockets.push(socket.on("error", () => undefined)));
    const port = await new Promise<number>((resolve) => {
      silent?.listen(0, "127.0.0.1", () => {
        const address = silent?.address();
        if (address && typeof address === "object") resolve(address.port);
      });
    });
    const away = openDatabase(`postgresql://u:p@127.0.0.1:${port}/x`, {
      max: 1,
      applicationName: "test",
      statementTimeoutMs: 0,
    });
    await expect(requireReady(away)).rejects.toMatchObject({
      code: "not_ready",
      message: "Not ready: the database does not respond.",
    });
    for (const socket of sockets) socket.destroy();
    await away.sql.end({ timeout: 0 });
  });
});

describe("metrics", () => {
  const scrape = async (): Promise<string> => {
    const [status, text] = await get(app.metrics, "/metrics");
    expect([status, text]).toEqual([200, expect.any(String)]);
    return String(text);
  };

  it("has what the database reports, under the documented names", async () => {
    const { sql } = database();
    const empty = await scrape();
    expect(empty).toMatch(/^database_up 1$/m);
    expect(empty).toMatch(/^job_oldest_queued_seconds\{kind="report"\} 0$/m);
    expect(empty).not.toMatch(/^data_latest_poll_timestamp_seconds \d/m);
    await sql`
      insert into reports (origin, scope, method, as_of, state, dedupe_key, created_at)
      values ('request', 'fleet', 'interpolated', now(), 'queued', 'a', now() - interval '90 s')`;
    await sql`update fleet_state set newest_poll_at = '2023-01-25T18:13:22.479Z'`;
    const text = await scrape();
    expect(text).toMatch(/^jobs\{kind="report",state="queued"\} 1$/m);
    expect(Number(/^job_oldest_queued_seconds\{kind="report"\} (\S+)$/m.exec(text)?.[1])).toBeGreaterThanOrEqual(90);
    expect(text).toMatch(/^data_latest_poll_timestamp_seconds 1674670402\.479$/m);
    expect(text).toMatch(/^db_pool_total\{pool="web"\} [1-9]\d*$/m);
    expect(text).toMatch(/^nodejs_eventloop_lag_seconds /m);
    await sql`delete from reports`;
    expect(await scrape()).not.toMatch(/^jobs\{kind="report"/m);
  });

  it("counts live polls once they are committed", async () => {
    const body = JSON.stringify({ polls: [{ store_id: "a", at: "2023-01-25T18:13:22Z", status: "active" }, {}] });
    const send = (): Promise<Response> => {
      const headers = { "content-type": "application/json", "idempotency-key": "once" };
      return app.polls.POST(new Request("http://localhost/api/v1/polls", { method: "POST", headers, body }), context);
    };
    await send();
    await send(); // the stored response: nothing was imported
    const text = await scrape();
    expect(text).toMatch(/^polls_ingested_total\{result="accepted"\} 1$/m);
    expect(text).toMatch(/^polls_ingested_total\{result="rejected"\} 1$/m);
    expect(text).not.toMatch(/^polls_ingested_total\{result="duplicate"\}/m);
  });

  it("is served on the port of the pages only on the loopback", async () => {
    const { requireOpenMetrics } = await import("@/lib/server/http/open-metrics");
    expect(requireOpenMetrics).not.toThrow();
    vi.resetModules();
    vi.stubEnv("HOST", "0.0.0.0");
    vi.stubEnv("AUTH", "open");
    const elsewhere = await import("@/lib/server/http/open-metrics");
    expect(elsewhere.requireOpenMetrics).toThrow("There is nothing at /metrics.");
    vi.stubEnv("HOST", "127.0.0.1");
  });
});

describe("the service's state", () => {
  it("says when the last heartbeat of a worker was, and that it is away half a minute later", async () => {
    const { sql } = database();
    const { upsertWorker, deleteWorker } = await import("@/db/queries/workers");
    const status = await import("./v1/status/route");
    const ask = async () => (await get(status, "/api/v1/status"))[1];
    expect(await ask()).toMatchObject({ worker: "away", worker_seen_at: null, disk: "ok" });
    await upsertWorker(database(), "a");
    await upsertWorker(database(), "a");
    expect(await ask()).toMatchObject({ worker: "running", worker_seen_at: expect.stringMatching(/Z$/) as string });
    await sql`update workers set seen_at = now() - interval '31 s'`;
    expect(await ask()).toMatchObject({ worker: "away", worker_seen_at: expect.stringMatching(/Z$/) as string });
    await upsertWorker(database(), "b");
    expect(await ask()).toMatchObject({ worker: "running" });
    await deleteWorker(database(), "b");
    expect(await ask()).toMatchObject({ worker: "away" });
  });
});
