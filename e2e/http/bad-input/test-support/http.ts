import { connect } from "node:net";
import { inject } from "vitest";
import type { z } from "zod";
import { expectDocumented, operationAt } from "@/lib/contract/test-support/expect-documented";
import { ProblemSchema, type Problem } from "@/lib/contract/problem";

/** A response of the built app. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export const appUrl = (path: string): string => `${inject("appAddress")}${path}`;

function isDocumented(method: string, pathname: string): boolean {
  try {
    operationAt(method, pathname);
    return true;
  } catch {
    return false;
  }
}

type AskInit = RequestInit & { duplex?: "half" };
/** Sends a request to an app; `path` with its query, unchanged. */
export type Ask = (path: string, init?: AskInit) => Promise<Answer>;

/** Sends a request to the app at `origin`, and checks the response against the documentation of the operation. */
export function asker(origin: () => string): Ask {
  return async (path, init = {}) => {
    const response = await fetch(`${origin()}${path}`, { redirect: "manual", ...init });
    const { status, headers } = response;
    const method = init.method ?? "GET";
    const { pathname } = new URL(response.url === "" ? `${origin()}${path}` : response.url);
    const bytes = await response.arrayBuffer();
    const text = Buffer.from(bytes).toString("utf8");
    if (method !== "OPTIONS" && isDocumented(method, pathname)) {
      await expectDocumented(
        new Request(`http://localhost${pathname}`, { method }),
        new Response(text === "" ? null : text, { status, headers }),
      );
    }
    return { status, headers, text };
  };
}

/** Sends a request to the app that all files share. */
export const ask: Ask = asker(() => inject("appAddress"));

/** The problem in a response. @throws when it is not one */
export function problemOf({ headers, text }: Pick<Answer, "headers" | "text">): Problem {
  const type = headers.get("content-type");
  if (type !== "application/problem+json") throw new Error(`${type ?? "nothing"} is no problem: ${text.slice(0, 300)}`);
  return ProblemSchema.parse(JSON.parse(text));
}

/** Status and code of a problem: `400 bad_encoding`; of any other response only the status. */
export function outcome(answer: Answer): string {
  return answer.status < 400 ? String(answer.status) : `${answer.status} ${problemOf(answer).code}`;
}

export const json = (body: unknown, method = "POST"): RequestInit => ({
  method,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

/** The body of a response, parsed by its schema. */
export function bodyOf<T extends z.ZodType>({ text }: Pick<Answer, "text">, schema: T): z.output<T> {
  return schema.parse(JSON.parse(text));
}

export interface RawOptions {
  /** Ends our side when all is sent, like a client that went away. */
  readonly end?: boolean;
  /** The target, unless it is the app that all files share. */
  readonly to?: string;
  /** Pause before each further part. */
  readonly pauseMs?: number;
}

/** Sends raw bytes, so that no client library repairs them, and reads the first response. */
export function raw(
  parts: string | Uint8Array | readonly (string | Uint8Array)[],
  options: RawOptions = {},
): Promise<Answer> {
  const { hostname, port } = new URL(options.to ?? inject("appAddress"));
  const list = typeof parts === "string" || parts instanceof Uint8Array ? [parts] : parts;
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    let received = Buffer.alloc(0);
    const done = (): void => {
      socket.destroy();
      const answer = parseAnswer(received);
      if (answer === null) reject(new Error(`No whole answer: ${received.toString("latin1").slice(0, 300)}`));
      else resolve(answer);
    };
    socket.on("data", (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (parseAnswer(received)?.whole === true) done();
    });
    socket.on("end", done);
    socket.on("error", (error) => {
      if (received.length > 0) done();
      else reject(error);
    });
    socket.setTimeout(20_000, () => {
      socket.destroy(new Error(`No answer in time: ${received.toString("latin1").slice(0, 300)}`));
    });
    socket.on("connect", () => {
      void (async () => {
        for (const [i, part] of list.entries()) {
          if (i > 0) await new Promise((next) => setTimeout(next, options.pauseMs ?? 5));
          if (socket.destroyed) return;
          socket.write(part);
        }
        if (options.end === true) socket.end();
      })();
    });
  });
}

function parseAnswer(bytes: Buffer): (Answer & { readonly whole: boolean }) | null {
  const headEnd = bytes.indexOf("\r\n\r\n");
  if (headEnd < 0) return null;
  const [statusLine = "", ...lines] = bytes.subarray(0, headEnd).toString("latin1").split("\r\n");
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(statusLine)?.[1]);
  if (status === 100) return parseAnswer(bytes.subarray(headEnd + 4));
  const headers = new Headers(
    lines.map((line): [string, string] => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]),
  );
  const body = bytes.subarray(headEnd + 4);
  if (headers.get("transfer-encoding") === "chunked") {
    const { text, whole } = unchunk(body);
    return { status, headers, text, whole };
  }
  const length = Number(headers.get("content-length") ?? NaN);
  return { status, headers, text: body.toString("utf8"), whole: body.length >= length };
}

function unchunk(bytes: Buffer): { text: string; whole: boolean } {
  const parts: Buffer[] = [];
  for (let at = 0; ;) {
    const lineEnd = bytes.indexOf("\r\n", at);
    const size = lineEnd < 0 ? NaN : parseInt(bytes.subarray(at, lineEnd).toString("latin1"), 16);
    if (!(size > 0)) return { text: Buffer.concat(parts).toString("utf8"), whole: size === 0 };
    parts.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 4 + size;
  }
}

/** Sends a GET unchanged. @param path not normalised   @param headers lines that end in CRLF */
export const get = (path: string, headers = ""): Promise<Answer> =>
  raw(`GET ${path} HTTP/1.1\r\nHost: x\r\n${headers}\r\n`);
