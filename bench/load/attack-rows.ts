import { Agent } from "node:http";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { percentile } from "@/bench/statistics";
import { longestBlockMs } from "./event-loop";
import { ask } from "./http-load";
import type { LoadLine } from "./load-line";
import type { LoadBench } from "./rate-rows";

/** Maximum time of the liveness probe during an attack, in ms. */
const maxMs = 250;
/** How long, in ms, the server may take to recover before the next attack. */
const recoveryMs = 30_000;

const chunk = (content: string): string => `${content.length.toString(16)}\r\n${content}\r\n`;
const chunked = (path: string, type = "application/json", more = ""): string =>
  `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: ${type}\r\n${more}transfer-encoding: chunked\r\n\r\n`;
const get = (path: string, more = ""): string => `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n${more}\r\n`;

function sized(path: string, body: Uint8Array | string, more = ""): Buffer {
  const bytes = Buffer.from(body);
  const head = `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: ${bytes.length}\r\n${more}\r\n`;
  return Buffer.concat([Buffer.from(head), bytes]);
}

const repeated = (request: Buffer): Buffer => Buffer.concat(Array<Buffer>(10).fill(request));

interface Attack {
  readonly name: string;
  readonly connections: number;
  /** Sent on each connection at once. */
  readonly bytes: () => string | Uint8Array;
}

const json = "content-type: application/json\r\n";
const ndjson = "content-type: application/x-ndjson\r\n";
const gzip = "content-encoding: gzip\r\n";
const polls = "/api/v1/polls";
const file = "/api/v1/imports/polls";
const form = "multipart/form-data; boundary=b";

const attacks: readonly Attack[] = [
  { name: "nothing", connections: 0, bytes: () => "" },
  ...[1, 20].map((connections) => ({
    name: `a million chunks of one byte, ${connections} at a time`,
    connections,
    bytes: () => chunked(polls) + chunk("x").repeat(1_000_000),
  })),
  {
    name: "a million chunks to an address without a handler",
    connections: 1,
    bytes: () => chunked("/api/none") + chunk("x").repeat(1_000_000),
  },
  {
    name: "a million chunks to a page",
    connections: 1,
    bytes: () => get("/", "transfer-encoding: chunked\r\n") + chunk("x").repeat(1_000_000),
  },
  {
    name: "300,000 chunks of one line each (taken)",
    connections: 1,
    bytes: () =>
      chunked(file, "text/csv") + chunk(`${"8".repeat(19)},active,2023-01-24 09:06:42 UTC\n`).repeat(300_000),
  },
  {
    name: "chunks with extensions",
    connections: 1,
    bytes: () => chunked(polls) + `1;${"e".repeat(60)}\r\nx\r\n`.repeat(300_000),
  },
  {
    name: "a form in chunks of one byte",
    connections: 1,
    bytes: () => chunked(file, form) + chunk("x").repeat(1_000_000),
  },
  {
    name: "a form of a million parts",
    connections: 1,
    bytes: () => chunked(file, form) + chunk("--b\r\n\r\n\r\n".repeat(5_000)).repeat(200),
  },
  {
    name: "a million empty members of gzip",
    connections: 1,
    bytes: () =>
      sized(file, Buffer.concat(Array<Buffer>(1_000_000).fill(gzipSync(""))), "content-type: application/gzip\r\n"),
  },
  {
    name: "gzip that inflates to 8 MB of empty arrays, 10 times",
    connections: 1,
    bytes: () => repeated(sized(polls, gzipSync(`{"polls":[${"[],".repeat(2_600_000)}[]]}`), json + gzip)),
  },
  {
    name: "gzip that inflates to 8 MB of lines, 10 times",
    connections: 1,
    bytes: () => repeated(sized(polls, gzipSync("{}\n".repeat(2_600_000)), ndjson + gzip)),
  },
  {
    name: "gzip of 25,000 objects of as many shapes (taken), 10 times",
    connections: 1,
    bytes: () => {
      const objects = Array.from({ length: 24_900 }, (_, i) => `{"k${i}":1}`);
      return repeated(sized(polls, gzipSync(`{"polls":[${objects.join(",")}]}`), json + gzip));
    },
  },
  {
    name: "gzip of 5,000 lines that end too soon (taken), 10 times",
    connections: 1,
    bytes: () => repeated(sized(polls, gzipSync(`{"a":"${"x".repeat(390)}\n`.repeat(5_000)), ndjson + gzip)),
  },
  { name: "50,000 requests in one go", connections: 1, bytes: () => get("/api/none").repeat(50_000) },
  { name: "20 times 20,000 refused requests", connections: 20, bytes: () => get("/%").repeat(20_000) },
  {
    name: "heads of 1,900 lines, 20 connections",
    connections: 20,
    bytes: () => get("/api/none", "a:\r\n".repeat(1_900)).repeat(200),
  },
  {
    name: "queries of 3,900 parameters",
    connections: 1,
    bytes: () => get(`/api/v1/stores?${"a&".repeat(3_900)}`).repeat(500),
  },
  {
    name: "3,500 entries in Accept, Cookie, If-None-Match",
    connections: 1,
    bytes: () =>
      ["accept: a/b,", "cookie: a=b;", 'if-none-match: "a",']
        .map((start) => {
          const [name = "", entry = ""] = start.split(": ");
          return get("/api/v1/stores", `${name}: ${entry.repeat(3_500)}\r\n`);
        })
        .join("")
        .repeat(150),
  },
];

/** The time of the liveness probe for one client while another sends requests made to block the server. */
export async function benchAttacks({ port, seconds }: LoadBench): Promise<LoadLine[]> {
  const agent = new Agent({ keepAlive: true });
  const lines: LoadLine[] = [];
  // The first page loads its modules, which blocks the event loop for half a second, with or without an attack.
  await ask(port, agent, { path: "/", headers: { accept: "text/html" } });
  for (const { name, connections, bytes } of attacks) {
    // Created beforehand, because the probes share this process.
    const sent = Buffer.from(bytes());
    await longestBlockMs(port);
    const sockets = Array.from({ length: connections }, () => send(port, sent));
    const times: number[] = [];
    const until = performance.now() + seconds * 1_000;
    while (performance.now() < until) {
      times.push(await probe(port, agent));
      await sleep(10);
    }
    for (const socket of sockets) socket.destroy();
    const notes = {
      p50: percentile(times, 0.5),
      max: Math.max(...times),
      probes: times.length,
      "longest block": await longestBlockMs(port),
    };
    lines.push({
      row: "L12",
      what: `livez during: ${name}`,
      value: percentile(times, 0.99),
      unit: "ms",
      most: maxMs,
      notes,
    });
    // What is left of one attack must not affect the next one.
    const limit = performance.now() + recoveryMs;
    while ((await probe(port, agent)) > maxMs && performance.now() < limit) await sleep(100);
  }
  agent.destroy();
  return lines;
}

/** The time of the liveness probe in ms; infinite unless the status is 200. */
async function probe(port: number, agent: Agent): Promise<number> {
  const { status, ms } = await ask(port, agent, { path: "/api/livez" });
  return status === 200 ? ms : Infinity;
}

/** Sends data and reads the response; the server may close the connection at any moment. */
function send(port: number, bytes: Uint8Array): Socket {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => undefined);
  socket.resume();
  socket.write(bytes);
  return socket;
}
