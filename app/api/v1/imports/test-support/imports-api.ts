import { afterAll, beforeAll, beforeEach, vi } from "vitest";
import { claimImport } from "@/db/queries/import-queue";
import type { ImportRow } from "@/db/queries/imports";
import { testDb } from "@/db/testing/test-db";
import { ImportSchema, type Import } from "@/lib/contract/imports";
import { ProblemSchema, type Problem } from "@/lib/contract/problem";
import { expectDocumented } from "@/lib/contract/test-support/expect-documented";
import { clear } from "@/lib/server/imports/test-support/import-text";

export const header = "store_id,status,timestamp_utc\n";
export const poll = (store: string, minute: number, status = "active"): string =>
  `${store},${status},2023-01-24 09:${String(minute).padStart(2, "0")}:00 UTC\n`;
export const sixty = header + Array.from({ length: 60 }, (_, minute) => poll("a", minute)).join("");

type Body = string | Uint8Array | FormData | AsyncIterable<Uint8Array>;

/** What a request accepts. */
function bodyOf(body: Body): BodyInit {
  if (typeof body === "string" || body instanceof FormData) return body;
  if (body instanceof Uint8Array) return new Uint8Array(body);
  const pieces = body[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await pieces.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    },
  });
}

async function loadRoutes(url: string) {
  // The settings are read once, when the first of these is loaded.
  vi.stubEnv("DATABASE_URL", url);
  vi.stubEnv("IMPORT_MAX_BYTES", "20000000");
  return {
    list: await import("../route"),
    one: await import("../[importId]/route"),
    rejects: await import("../[importId]/rejects.csv/route"),
    cancel: await import("../[importId]/cancel/route"),
    undo: await import("../[importId]/undo/route"),
    closeDatabase: (await import("@/lib/server/database")).closeDatabase,
    makeLog: (await import("@/lib/server/log")).makeLog,
    workOnImport: (await import("@/lib/server/jobs/work-on-import")).workOnImport,
  };
}
/**
 * Gives the tests of a file the import routes over a database of their own, empty for each test, and what clients and
 * workers do with them.
 */
export function importsApi() {
  const database = testDb();
  let routes: Awaited<ReturnType<typeof loadRoutes>>;

  beforeAll(async () => {
    routes = await loadRoutes(database().url);
  });
  beforeEach(async () => {
    await clear(database());
    await database().sql`truncate imports restart identity cascade`;
  });
  afterAll(async () => {
    await routes.closeDatabase();
    vi.unstubAllEnvs();
  });

  /** Sends a file like a client, and checks the response against the documentation. */
  async function send(
    kind: string,
    body: Body,
    headers: Record<string, string> = { "content-type": "text/csv" },
    search = "",
  ): Promise<Response> {
    const request = new Request(`http://localhost/api/v1/imports/${kind}${search}`, {
      method: "POST",
      body: bodyOf(body),
      headers,
      // @ts-expect-error: the DOM types lack the option that a stream as a body needs
      duplex: "half",
    });
    const response = await routes.one.POST(request, { params: Promise.resolve({ importId: kind }) });
    await expectDocumented(request, response);
    return response;
  }

  async function sent(...given: Parameters<typeof send>): Promise<Import> {
    const response = await send(...given);
    const body: unknown = await response.json();
    if (response.status !== 202) throw new Error(`${response.status}: ${JSON.stringify(body)}`);
    return ImportSchema.parse(body);
  }

  async function problemOf(...given: Parameters<typeof send>): Promise<Problem> {
    return ProblemSchema.parse(await (await send(...given)).json());
  }

  async function codeOf(...given: Parameters<typeof send>): Promise<readonly [number, string]> {
    const { status, code } = await problemOf(...given);
    return [status, code];
  }

  /** What a worker does with a claim. */
  function workOn(claim: ImportRow): Promise<void> {
    const timing = {
      leaseSeconds: 30,
      heartbeatSeconds: 5,
      snapshotIntervalSeconds: 60,
      snapshotDelay: { quietMs: 0, maxDelayMs: 0, maxImportDelayMs: 0 },
      pollMs: 1,
      sweepMs: 1,
      maxBackoffMs: 1,
    };
    const log = routes.makeLog("silent", { write: () => undefined });
    return routes.workOnImport({ database: database(), log, timing, stop: new AbortController().signal }, claim);
  }

  /** What a worker does with everything that waits. */
  async function work(): Promise<void> {
    for (;;) {
      const claim = await claimImport(database(), "test", 30);
      if (claim === null) return;
      await workOn(claim);
    }
  }

  async function call(
    route: "one" | "cancel" | "undo" | "rejects",
    method: "GET" | "POST" | "DELETE",
    id: number | string,
  ) {
    const path = route === "one" ? "" : route === "rejects" ? "/rejects.csv" : `/${route}`;
    const request = new Request(`http://localhost/api/v1/imports/${id}${path}`, { method });
    const response = await routes[route][method](request, { params: Promise.resolve({ importId: String(id) }) });
    await expectDocumented(request, response);
    return response;
  }

  const get = async (id: number): Promise<Import> => ImportSchema.parse(await (await call("one", "GET", id)).json());

  async function ended(...given: Parameters<typeof send>): Promise<Import> {
    const { id } = await sent(...given);
    await work();
    return get(id);
  }

  const count = async (table: string): Promise<number> => {
    const [row] = await database().sql<{ count: string }[]>`select count(*) from ${database().sql(table)}`;
    return Number(row?.count);
  };

  return { database, routes: () => routes, send, sent, problemOf, codeOf, workOn, work, call, get, ended, count };
}
