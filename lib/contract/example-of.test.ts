import { describe, expect, it } from "vitest";
import { exampleOf } from "./example-of";
import { operations } from "./operations";

const successes = operations.flatMap(({ id, responses }) =>
  responses
    .filter(({ status, content }) => status < 300 && content !== undefined)
    .map((response) => [`${id} ${String(response.status)}`, response] as const),
);

describe("the example response of every operation", () => {
  it.each(successes)("%s matches its schema", (_name, response) => {
    const text = exampleOf(response);
    expect(text).not.toBeNull();
    const schema = response.content?.schema;
    if (schema === undefined) return;
    const value: unknown = JSON.parse(text ?? "");
    expect(schema.parse(value)).toEqual(value);
  });
});

function exampleFrom(id: string): unknown {
  const response = operations.find((one) => one.id === id)?.responses[0];
  return response === undefined ? null : JSON.parse(exampleOf(response) ?? "null");
}

it("shows secrets only where something is created", () => {
  expect(exampleFrom("createWebhook")).toHaveProperty("secret");
  expect(exampleFrom("getWebhook")).not.toHaveProperty("secret");
});

it("adds up", () => {
  const { open_ms, up_ms, down_ms, unknown_ms, uptime_ratio } = (
    exampleFrom("getFleet") as { windows: { day: Record<string, number> } }
  ).windows.day;
  expect((up_ms ?? 0) + (down_ms ?? 0) + (unknown_ms ?? 0)).toBe(open_ms);
  expect(uptime_ratio).toBe((up_ms ?? 0) / (open_ms ?? 1));
});
