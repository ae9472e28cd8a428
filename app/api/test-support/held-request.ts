import type { Operation } from "@/lib/contract/operation";
import { callOperation } from "@/lib/contract/test-support/routes";

/** A place at which a request waits until it is let go. */
export interface Hold {
  /** Resolves when the request has come there. */
  readonly reached: Promise<void>;
  readonly release: () => void;
}

/** What the product's side of a hold does: says that it is there, and waits. */
export interface Gate {
  pass: () => Promise<void>;
}

/** Closes a gate for whoever comes next, and for nobody after. */
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

/** The request with a body of which the first byte has come, and the rest comes when it is let go. */
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

/** What an answer comes to. */
export interface HeldOutcome {
  readonly status: number;
  readonly code: unknown;
}

/** Sends a request, does `meanwhile` when it has come to its hold, lets it go and says how it was answered. */
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
    // Also when this fails: a gate that stays closed would hold a transaction of the next test forever.
    hold.release();
  }
  const answer = await answered;
  const text = await answer.text();
  return { status: answer.status, code: text.startsWith("{") ? Reflect.get(JSON.parse(text) as object, "code") : null };
}
