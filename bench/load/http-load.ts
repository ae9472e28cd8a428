import { Agent, request, type IncomingHttpHeaders } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { percentile } from "@/bench/statistics";

/** One request of a load. */
export interface Ask {
  readonly method?: string;
  readonly path: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Asked {
  /** 0: no response. */
  readonly status: number;
  readonly ms: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: number;
  /** Until the first byte of the body, in ms. */
  readonly firstByteMs: number;
}

/** The result of a load. */
export interface LoadResult {
  /** Responses with a status below 400 per second. */
  readonly rate: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly answers: readonly Asked[];
  readonly seconds: number;
}

export function ask(port: number, agent: Agent, { method = "GET", path, body, headers = {} }: Ask): Promise<Asked> {
  return new Promise((resolve) => {
    const since = performance.now();
    const failed = (): void => {
      resolve({ status: 0, ms: performance.now() - since, headers: {}, bytes: 0, firstByteMs: Number.NaN });
    };
    const sent = body === undefined ? headers : { "content-type": "application/json", ...headers };
    const outgoing = request({ host: "127.0.0.1", port, method, path, agent, headers: sent }, (incoming) => {
      let bytes = 0;
      let firstByteMs = Number.NaN;
      incoming.on("data", (chunk: Buffer) => {
        if (bytes === 0) firstByteMs = performance.now() - since;
        bytes += chunk.length;
      });
      incoming.on("end", () => {
        const { statusCode = 0, headers: got } = incoming;
        resolve({ status: statusCode, ms: performance.now() - since, headers: got, bytes, firstByteMs });
      });
      incoming.on("error", failed);
    });
    outgoing.on("error", failed);
    outgoing.end(body);
  });
}

function summarise(answers: readonly Asked[], seconds: number): LoadResult {
  const good = answers.filter(({ status }) => status > 0 && status < 400);
  const times = good.map(({ ms }) => ms);
  const at = (share: number): number => (times.length === 0 ? Number.NaN : percentile(times, share));
  return { rate: good.length / seconds, p50: at(0.5), p95: at(0.95), p99: at(0.99), answers, seconds };
}

export interface ClosedLoad {
  readonly port: number;
  /** Clients that each send the next request after the response. */
  readonly connections: number;
  readonly seconds: number;
  /** Warm-up time that is not counted. */
  readonly warmUpSeconds?: number;
  /** The next request, by its number. */
  readonly next: (index: number) => Ask;
}

/** Closed loop: each client sends the next request after the response. */
export async function closedLoad(load: ClosedLoad): Promise<LoadResult> {
  const { port, connections, seconds, warmUpSeconds = 1, next } = load;
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const from = performance.now() + warmUpSeconds * 1000;
  const until = from + seconds * 1000;
  const answers: Asked[] = [];
  let index = 0;
  const client = async (): Promise<void> => {
    while (performance.now() < until) {
      const startedMs = performance.now();
      const answer = await ask(port, agent, next(index++));
      if (startedMs >= from && performance.now() <= until) answers.push(answer);
      if (answer.status === 0) await sleep(10);
    }
  };
  await Promise.all(Array.from({ length: connections }, client));
  agent.destroy();
  return summarise(answers, seconds);
}

export interface OpenLoad {
  readonly port: number;
  /** Requests per second, independent of the responses. */
  readonly rate: number;
  readonly seconds: number;
  readonly next: (index: number) => Ask;
}

/** Open loop: requests at a fixed rate, like many clients that do not wait for each other. */
export async function openLoad({ port, rate, seconds, next }: OpenLoad): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1_000 });
  const since = performance.now();
  const asked: Promise<Asked>[] = [];
  while (performance.now() - since < seconds * 1000) {
    const due = ((performance.now() - since) / 1000) * rate;
    while (asked.length < due) asked.push(ask(port, agent, next(asked.length)));
    await sleep(2);
  }
  const answers = await Promise.all(asked);
  const took = (performance.now() - since) / 1000;
  agent.destroy();
  return summarise(answers, took);
}
