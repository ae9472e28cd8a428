import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { openDatabase } from "@/db/client";
import { testDb } from "@/db/testing/test-db";
import { makeLimiter } from "./rate-limit";

const database = testDb();
beforeEach(async () => {
  await database().sql`truncate rate_limits`;
});

const taken = (settled: readonly PromiseSettledResult<unknown>[]): number =>
  settled.filter(({ status }) => status === "fulfilled").length;

describe("a limit", () => {
  it("is shared by all replicas, to the request", async () => {
    const other = openDatabase(database().url, { max: 5, applicationName: "replica", statementTimeoutMs: 30_000 });
    const replicas = [database(), other].map((db) => makeLimiter(db, "trigger", 10, 3600));
    const asked = replicas.flatMap((replica) => Array.from({ length: 15 }, () => replica.count("caller")));
    expect(taken(await Promise.allSettled(asked))).toBe(10);
    expect(await replicas[0]?.count("another")).toEqual({
      "ratelimit-policy": '"trigger";q=10;w=3600',
      ratelimit: '"trigger";r=9;t=3600',
    });
    await other.close();
  });

  it("is separate for each purpose", async () => {
    await makeLimiter(database(), "trigger", 1, 60).count("caller");
    await expect(makeLimiter(database(), "ingest", 1, 60).count("caller")).resolves.toBeDefined();
    await expect(makeLimiter(database(), "trigger", 1, 60).count("caller")).rejects.toMatchObject({
      code: "rate_limited",
    });
  });

  it("ends when its time is over", async () => {
    const limiter = makeLimiter(database(), "trigger", 1, 60);
    await limiter.count("caller");
    await database().sql`update rate_limits set expire = expire - 61000`;
    await expect(limiter.count("caller")).resolves.toMatchObject({ ratelimit: '"trigger";r=0;t=60' });
  });

  it("counts in memory while the database is unavailable", async () => {
    const away = openDatabase("postgresql://nobody@127.0.0.1:1/none", {
      max: 1,
      applicationName: "test",
      statementTimeoutMs: 0,
    });
    const limiter = makeLimiter(away, "trigger", 2, 60);
    const settled = await Promise.allSettled([1, 2, 3].map(() => limiter.count("caller")));
    expect(taken(settled)).toBe(2);
    await away.close();
  });
});

describe("a route with a limit", () => {
  async function load() {
    vi.stubEnv("DATABASE_URL", database().url);
    vi.stubEnv("RATE_LIMIT_TRIGGER_PER_MINUTE", "2");
    vi.stubEnv("RATE_LIMIT_INGEST_PER_MINUTE", "0");
    vi.resetModules();
    return {
      ...(await import("./handle")),
      ...(await import("./rate-limit")),
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

  const ask = (name: "trigger" | "ingest", address: string): Promise<Response> =>
    app
      .handle(null, { POST: app.limited(name, () => Response.json({})) })
      .POST(new Request("http://localhost/", { method: "POST", headers: { "x-client-address": address } }), {
        params: Promise.resolve({}),
      });

  it("reports how much is left, then rejects with Retry-After", async () => {
    const [first, , third] = [
      await ask("trigger", "1.1.1.1"),
      await ask("trigger", "1.1.1.1"),
      await ask("trigger", "1.1.1.1"),
    ];
    expect([first.status, first.headers.get("ratelimit")]).toEqual([200, '"trigger";r=1;t=60']);
    expect(third.status).toBe(429);
    expect(await third.json()).toMatchObject({ code: "rate_limited" });
    expect(third.headers.get("ratelimit-policy")).toBe('"trigger";q=2;w=60');
    expect(third.headers.get("ratelimit")).toMatch(/^"trigger";r=0;t=\d+$/);
    expect(Number(third.headers.get("retry-after"))).toBeGreaterThan(50);
    expect((await ask("trigger", "2.2.2.2")).status).toBe(200);
  });

  it("has none when the settings say 0", async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask("ingest", "1.1.1.1")));
    expect(answers.map(({ status }) => status)).toEqual(new Array(20).fill(200));
    expect(answers[0]?.headers.has("ratelimit")).toBe(false);
  });
});
