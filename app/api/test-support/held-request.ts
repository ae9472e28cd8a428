import type { Operation } from "@/lib/contract/operation";
import { callOperation } from "@/lib/contract/test-support/routes";

/** A point at which a request waits until it is released. */
export interface Hold {
  /** Resolves when the request has reached it. */
  readonly reached: Promise<void>;
  readonly release: () => void;
}

/** The product's side of a hold: reports that it is reached, and waits. */
export interface Gate {
  pass: () => Promise<void>;
}

/** Holds the next request that reaches the gate, and no later ones. */
export function closeGate(gate: Gate): Hold {
  let arrive: () => void = () => undefined;
  let release: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => (arrive = resolve));
  const released = new Promise<void>((resolve) => (release = resolve));
  gate.pass = () => {
    gate.pass = () => Promise.resolve();
    arrive();
    return released;
  };
  return { reached, release };
}

/** A request whose body starts with one byte; the rest follows when it is released. */
export function holdBody(request: Request, text: string): { readonly request: Request; readonly hold: Hold } {
  const gate: Gate = { pass: () => Promise.resolve() };
  const hold = closeGate(gate);
  const bytes = new TextEncoder().encode(text);
  let sent = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (sent === 0) {
          controller.enqueue(bytes.subarray(0, 1));
        } else {
          await gate.pass();
          controller.enqueue(bytes.subarray(1));
          controller.close();
        }
        sent++;
      },
    },
    { highWaterMark: 0 },
  );
  const { url, method, headers } = request;
  return { request: new Request(url, { method, headers, body, duplex: "half" } as RequestInit), hold };
}

/** The outcome of a response. */
export interface HeldOutcome {
  readonly status: number;
  readonly code: unknown;
}

/** Sends a request, runs `meanwhile` when it has reached its hold, releases it and returns the outcome. */
export async function sendHeld(
  operation: Operation,
  request: Request,
  hold: Hold,
  meanwhile: () => Promise<void>,
): Promise<HeldOutcome> {
  const answered = callOperation(operation, request);
  try {
    const first = await Promise.race([hold.reached, answered]);
    if (first !== undefined) throw new Error(`${operation.id} was answered ${first.status}: ${await first.text()}`);
    await meanwhile();
  } finally {
    // Also on failure: a gate that stays closed would block a transaction of the next test forever.
    hold.release();
  }
  const answer = await answered;
  const text = await answer.text();
  return { status: answer.status, code: text.startsWith("{") ? Reflect.get(JSON.parse(text) as object, "code") : null };
}
