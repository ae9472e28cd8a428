import type { Caller } from "./access-rows";

/** The outcome of a response. */
export interface Said {
  readonly status: number;
  readonly code: unknown;
  /** Without the request's own id. */
  readonly text: string;
  readonly headers: Headers;
}

export function saidBy(status: number, headers: Headers, text: string): Said {
  const code: unknown = text.startsWith("{") ? Reflect.get(JSON.parse(text) as object, "code") : undefined;
  return { status, code, text: text.replace(/"request_id":"[^"]+"/, ""), headers };
}

/** Sends a request like a caller who follows no redirects. */
export async function askAs(address: string, path: string, caller: Caller, init: RequestInit = {}): Promise<Said> {
  const answer = await fetch(`${address}${path}`, {
    redirect: "manual",
    ...init,
    headers: { ...caller, ...(init.body === undefined ? {} : { "content-type": "application/json" }) },
  });
  return saidBy(answer.status, answer.headers, await answer.text());
}

export const post = (body: unknown): RequestInit => ({ method: "POST", body: JSON.stringify(body) });
