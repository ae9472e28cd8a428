import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { codeOf } from "./code-samples";
import { operations } from "./operations";

const origin = "https://uptime.example";

function operationOf(id: string) {
  const operation = operations.find((one) => one.id === id);
  if (operation === undefined) throw new Error(`There is no ${id}.`);
  return operation;
}

/** The requests that JavaScript code sends. */
async function requestsOf(code: string): Promise<readonly Request[]> {
  const sent: Request[] = [];
  const fetch = (address: string, init?: RequestInit): Promise<Response> => {
    sent.push(new Request(address, init));
    return Promise.resolve(Response.json({}));
  };
  const given = { fetch, process: { env: { KEY: "sm_live_x" } }, console: { log: () => undefined } };
  await (runInNewContext(`(async () => { ${code} })()`, given) as Promise<void>);
  return sent;
}

describe("the JavaScript of every operation", () => {
  it.each(operations.map((one) => [one.id, one] as const))("%s sends its example", async (_id, operation) => {
    const [request, ...more] = await requestsOf(codeOf("javascript", operation, origin, true));
    expect(more).toEqual([]);
    expect(request?.method).toBe(operation.method);
    expect(request?.url).toBe(new URL(operation.example, origin).href);
    const { scope } = operation.access;
    const takesKey = scope !== "anyone" && scope !== "person";
    expect(request?.headers.get("authorization")).toBe(takesKey ? "Bearer sm_live_x" : null);
    const { body } = operation;
    if (body === undefined) return;
    expect(request?.headers.get("content-type")).toBe(body.content.mediaType);
    const text = (await request?.text()) ?? "";
    expect(typeof body.example === "string" ? text : JSON.parse(text)).toEqual(body.example);
  });
});

describe("Python", () => {
  it("sends JSON as a literal of its own", () => {
    expect(codeOf("python", operationOf("changeWebhook"), origin, true)).toBe(
      [
        "import os",
        "import requests",
        "",
        "response = requests.patch(",
        '    "https://uptime.example/api/v1/webhooks/1",',
        `    headers={"Authorization": f"Bearer {os.environ['KEY']}"},`,
        '    json={"enabled": False},',
        ")",
        "response.raise_for_status()",
        "print(response.json())",
      ].join("\n"),
    );
  });

  it("needs no key where everyone may call", () => {
    expect(codeOf("python", operationOf("listStores"), origin, false)).toContain(
      `response = requests.get("https://uptime.example/api/v1/stores`,
    );
    expect(codeOf("python", operationOf("listStores"), origin, false)).not.toContain("KEY");
  });
});
