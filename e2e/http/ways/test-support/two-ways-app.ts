import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { join } from "node:path";
import { afterAll, beforeAll, inject } from "vitest";
import { openDatabase, type Database } from "@/db/client";
import { migrate } from "@/db/migrate";
import { databaseUrl } from "@/db/testing/database-url";
import { plantAccessWorld, type AccessWorld } from "@/e2e/http/authorization/test-support/access-world";
import { childEnv } from "@/lib/server/env";

const root = join(import.meta.dirname, "..", "..", "..", "..");

/** A request as it is sent, without any repair by a client. */
export interface WayRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A response without what differs between any two responses, and without what only says how it was sent. */
export interface WayAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface TwoWays {
  readonly world: AccessWorld;
  /** The response by our own server, and by the framework. */
  ask(sent: WayRequest): Promise<{ readonly direct: WayAnswer; readonly framework: WayAnswer }>;
}

const requestId = "both-ways";
/** `Vary` entries of the framework's pages, which it adds to every response. */
const ofPages = /^(?:rsc|next-.*|x-nextjs-.*)$/;
const ofConnection = new Set(["connection", "keep-alive", "transfer-encoding", "content-length", "date"]);

function comparable(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  const kept: [string, string][] = [];
  for (const [name, value] of Object.entries(headers)) {
    if (ofConnection.has(name)) continue;
    const text = [value].flat().join(", ");
    const isVary = name === "vary";
    const entries = text.split(",").map((entry) => entry.trim().toLowerCase());
    // The framework names Accept-Encoding on every text, we only on those that are long enough to be compressed.
    const varies = entries.filter((entry) => !ofPages.test(entry) && entry !== "accept-encoding").sort();
    if (!isVary) kept.push([name, text]);
    else if (varies.length > 0) kept.push([name, varies.join(", ")]);
  }
  return Object.fromEntries(kept.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Without the samples of metrics, and without instants of today, such as when a session was last used. */
function withoutChanging(text: string): string {
  return text
    .replace(/^(# TYPE \S+ \S+\n)(?:[^#\n].*\n)+/gm, "$1")
    .replace(/"20(?:2[6-9]|[3-9]\d)-[\dT:.-]+Z"/g, '"now"');
}

async function send(port: number, { method, path, headers = {}, body }: WayRequest): Promise<WayAnswer> {
  const asked = { "x-request-id": requestId, host: "app", connection: "close", ...headers };
  const outgoing = request({ host: "127.0.0.1", port, method, path, headers: asked });
  outgoing.end(body);
  const [incoming] = (await once(outgoing, "response")) as [IncomingMessage];
  const bytes = await buffer(incoming);
  const { "content-encoding": encoding, ...others } = incoming.headers;
  const text = (encoding === "gzip" ? gunzipSync(bytes) : bytes).toString("utf8");
  const status = incoming.statusCode ?? 0;
  const type = others["content-type"] ?? "";
  // A page, whose nonces differ.
  if (type.startsWith("text/html")) return { status, headers: { "content-type": type }, body: "" };
  return { status, headers: comparable(others), body: withoutChanging(text) };
}

/** Gives the tests of a file the built app with access control, served both ways over one database. */
export function twoWays(): () => TwoWays {
  let child: ChildProcess | null = null;
  let database: Database | null = null;
  let dropDatabase: () => Promise<void> = () => Promise.resolve();
  let ways: TwoWays | null = null;

  beforeAll(async () => {
    const serverUrl = inject("appServerUrl");
    const server = openDatabase(serverUrl, { max: 1, applicationName: "test setup", statementTimeoutMs: 0 });
    const name = `ways_${process.pid}_${Date.now()}`;
    await server.sql`create database ${server.sql(name)}`;
    dropDatabase = async () => {
      await server.sql`drop database if exists ${server.sql(name)} with (force)`;
      await server.close();
    };
    const url = databaseUrl(serverUrl, name);
    await migrate(url);
    database = openDatabase(url, { max: 2, applicationName: "test", statementTimeoutMs: 30_000 });
    const world = await plantAccessWorld(database);
    child = fork(join(import.meta.dirname, "two-ways.ts"), {
      cwd: root,
      execArgv: ["--import", "tsx"],
      env: childEnv({
        ...{ DATABASE_URL: url, NODE_ENV: "production", AUTH: "required", ALLOWED_HOSTS: "app", LOG_LEVEL: "silent" },
        ...{ RATE_LIMIT_TRIGGER_PER_MINUTE: "0", RATE_LIMIT_INGEST_PER_MINUTE: "0", RATE_LIMIT_STATUS_PER_MINUTE: "0" },
        ...{
          RATE_LIMIT_DOWNLOAD_PER_MINUTE: "0",
          RATE_LIMIT_POLLS_PER_MINUTE: "0",
          RATE_LIMIT_WEBHOOK_PER_MINUTE: "0",
        },
        ...{ RATE_LIMIT_IMPORT_PER_HOUR: "0", RATE_LIMIT_SIGN_IN_PER_MINUTE: "0", RATE_LIMIT_PAGES_PER_MINUTE: "0" },
        ...{ RATE_LIMIT_SIGN_IN_ADDRESS_PER_MINUTE: "0" },
      }),
    });
    const [{ ports }] = (await once(child, "message")) as [{ ports: { direct: number; framework: number } }];
    ways = {
      world,
      ask: async (sent) => ({ direct: await send(ports.direct, sent), framework: await send(ports.framework, sent) }),
    };
  });
  afterAll(async () => {
    child?.kill("SIGKILL");
    await database?.close();
    await dropDatabase();
  });
  return () => {
    if (ways === null) throw new Error("twoWays() gives its app inside tests and hooks only.");
    return ways;
  };
}
