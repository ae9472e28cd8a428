import { once } from "node:events";
import { connect } from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, it } from "vitest";
import { until } from "@/db/testing/holders";
import { makeLog } from "@/lib/server/log";
import { DatabaseGate } from "@/lib/server/health/database-gate";
import type { AdmissionControls } from "./admission-control";
import { LoadShedder } from "./load-shedder";
import { AdmissionQueue } from "./admission-queue";
import { serve } from "./web-server";

const silent = makeLog("silent", { write: () => undefined });
const controlsOf = (ask: () => Promise<unknown>, maxInFlight = 64): AdmissionControls => ({
  shedder: new LoadShedder({ maxInFlight, maxLagMs: Infinity }),
  queue: new AdmissionQueue(),
  gate: new DatabaseGate({ ask, log: silent }),
  log: silent,
  limitPage: () => Promise.resolve(),
});

/** A server whose handler responds when the test says so. */
async function held(
  admission: AdmissionControls,
): Promise<{ origin: string; answerAll: () => void; seen: string[]; close: () => Promise<void> }> {
  const answers: (() => void)[] = [];
  const seen: string[] = [];
  const one = await serve(
    (request, response) => {
      seen.push(request.url ?? "");
      request.resume();
      return new Promise((resolve) => {
        answers.push(() => {
          response.end("ok");
          resolve();
        });
      });
    },
    { host: "127.0.0.1", port: 0, dev: false, reload: null, log: silent, templateOf: () => "/x", admission },
  );
  return {
    origin: `http://127.0.0.1:${one.port}`,
    seen,
    answerAll: () => answers.splice(0).forEach((answer) => answer()),
    close: () => one.drain(),
  };
}

const closing = { connection: "close" };

it("responds to excess requests with 503 and Retry-After, and serves again when there is capacity", async () => {
  const slow = await held(controlsOf(() => Promise.resolve(), 2));
  const inside = [
    fetch(`${slow.origin}/api/a`, { headers: closing }),
    fetch(`${slow.origin}/api/b`, { headers: closing }),
  ];
  await until(() => slow.seen.length === 2);
  const refused = await fetch(`${slow.origin}/api/c`, { method: "POST", body: "{}", headers: closing });
  expect([refused.status, await refused.json()]).toEqual([503, expect.objectContaining({ code: "overloaded" })]);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  const page = await fetch(`${slow.origin}/stores/74`, { headers: { accept: "text/html", ...closing } });
  expect([page.status, page.headers.get("content-type")]).toEqual([503, "text/html; charset=utf-8"]);
  expect(await page.text()).toContain("Server overloaded");
  const alive = fetch(`${slow.origin}/api/livez`, { headers: closing });
  await until(() => slow.seen.length === 3);
  slow.answerAll();
  expect(await Promise.all([...inside, alive].map(async (one) => (await one).status))).toEqual([200, 200, 200]);
  const next = fetch(`${slow.origin}/api/d`, { headers: closing });
  await until(() => slow.seen.length === 4);
  slow.answerAll();
  expect((await next).status).toBe(200);
  await slow.close();
});

it("counts the requests that wait for the database check, which would all enter at once", async () => {
  let answer: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => (answer = resolve));
  const admission = controlsOf(() => asked, 2);
  const slow = await held(admission);
  const waiting = ["a", "b"].map((path) => fetch(`${slow.origin}/api/${path}`, { headers: closing }));
  await until(() => admission.gate.waiting === 2);
  const refused = await fetch(`${slow.origin}/api/c`, { headers: closing });
  expect([refused.status, await refused.json()]).toEqual([503, expect.objectContaining({ code: "overloaded" })]);
  answer();
  await until(() => slow.seen.length === 2);
  slow.answerAll();
  expect(await Promise.all(waiting.map(async (one) => (await one).status))).toEqual([200, 200]);
  await slow.close();
});

it("starts no work for clients that disconnected while they waited, and gives them no place", async () => {
  let answer: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => (answer = resolve));
  const admission = controlsOf(() => asked, 2);
  const slow = await held(admission);
  const { port } = new URL(slow.origin);
  const socket = connect(Number(port), "127.0.0.1");
  socket.write("GET /api/gone HTTP/1.1\r\nhost: a\r\n\r\n");
  await until(() => admission.gate.waiting === 1);
  const other = fetch(`${slow.origin}/api/there`, { headers: closing });
  await until(() => admission.gate.waiting === 2);
  socket.destroy();
  await once(socket, "close");
  // The server sees the closed connection in its own turn of the event loop.
  for (let turn = 0; turn < 10; turn++) await nextTurn();
  answer();
  await until(() => slow.seen.length === 1);
  for (let turn = 0; turn < 10; turn++) await nextTurn();
  expect([slow.seen, admission.shedder.inFlight]).toEqual([["/api/there"], 1]);
  slow.answerAll();
  expect((await other).status).toBe(200);
  expect(admission.shedder.inFlight).toBe(0);
  await slow.close();
});

it("starts one request per turn of the event loop, so that new ones are accepted in between", async () => {
  const admission = controlsOf(() => Promise.resolve());
  const begun: number[] = [];
  let turn = 0;
  const count = (): void => {
    turn++;
    if (begun.length < 5) setImmediate(count);
  };
  setImmediate(count);
  const one = await serve(
    (_request, response) => {
      begun.push(turn);
      response.end();
      return Promise.resolve();
    },
    { host: "127.0.0.1", port: 0, dev: false, reload: null, log: silent, templateOf: () => "/x", admission },
  );
  const socket = connect(one.port, "127.0.0.1");
  socket.resume();
  // In one piece, so that all arrive at once.
  socket.write("GET /api/x HTTP/1.1\r\nhost: a\r\n\r\n".repeat(5));
  await until(() => begun.length === 5);
  expect(new Set(begun).size).toBe(5);
  socket.destroy();
  await one.drain();
});

it("gives no place to a request whose body has not arrived yet", async () => {
  const slow = await held(controlsOf(() => Promise.resolve(), 1));
  const { port } = new URL(slow.origin);
  const socket = connect(Number(port), "127.0.0.1");
  socket.write("POST /api/slow HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\nbegun");
  await until(() => slow.seen.length === 1);
  const other = fetch(`${slow.origin}/api/other`, { headers: closing });
  await until(() => slow.seen.length === 2);
  socket.destroy();
  slow.answerAll();
  expect((await other).status).toBe(200);
  await slow.close();
});

it("responds to pages and programs with 503 while the database is unavailable, without calling their handlers", async () => {
  const slow = await held(controlsOf(() => Promise.reject(new Error("connection refused"))));
  const api = await fetch(`${slow.origin}/api/v1/stores`, { headers: closing });
  expect([api.status, await api.json()]).toEqual([503, expect.objectContaining({ code: "database_unavailable" })]);
  expect(Number(api.headers.get("retry-after"))).toBeGreaterThan(0);
  const page = await fetch(slow.origin, { headers: { accept: "text/html", ...closing } });
  expect(page.status).toBe(503);
  expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(slow.seen).toEqual([]);
  await slow.close();
});
