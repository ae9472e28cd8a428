/** The result of a request: the complete response, or none. */
export interface Answer {
  /** 0: the connection was refused or lost. */
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly tookMs: number;
}

export interface SendOptions {
  readonly method?: string;
  /** Sent as JSON unless it is text. */
  readonly body?: unknown;
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

/** Sends one request over a connection of its own and reads the complete response. Never throws. */
export async function send(address: string, options: SendOptions = {}): Promise<Answer> {
  const { body, key, timeoutMs = 30_000 } = options;
  const startedMs = performance.now();
  const text = typeof body === "string" ? body : JSON.stringify(body);
  try {
    const response = await fetch(address, {
      method: options.method ?? (body === undefined ? "GET" : "POST"),
      headers: {
        connection: "close",
        ...(body === undefined ? {} : { "content-type": typeof body === "string" ? "text/csv" : "application/json" }),
        ...(key === undefined ? {} : { "idempotency-key": key }),
        ...options.headers,
      },
      ...(body === undefined ? {} : { body: text }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const answer = await response.text();
    const tookMs = performance.now() - startedMs;
    return { status: response.status, headers: response.headers, text: answer, tookMs };
  } catch {
    return { status: 0, headers: new Headers(), text: "", tookMs: performance.now() - startedMs };
  }
}

/** The body of a response, which must be JSON. */
export function jsonOf(answer: Answer): unknown {
  return JSON.parse(answer.text);
}
