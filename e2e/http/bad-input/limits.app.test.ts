import { describe, expect, it } from "vitest";
import { json, outcome, problemOf, type Answer } from "./test-support/http";
import { ownApp } from "./test-support/own-app";

const { ask } = ownApp({
  RATE_LIMIT_TRIGGER_PER_MINUTE: "3",
  RATE_LIMIT_INGEST_PER_MINUTE: "8",
  RATE_LIMIT_POLLS_PER_MINUTE: "10",
  RATE_LIMIT_IMPORT_PER_HOUR: "2",
  RATE_LIMIT_WEBHOOK_PER_MINUTE: "2",
});

/** The limits in a response: a response to polls names two of them. */
function said(answer: Answer, name: string): { readonly policy: string; readonly left: number; readonly more: number } {
  const ofName = (header: string): string =>
    (answer.headers.get(header) ?? "").split(", ").find((one) => one.startsWith(`"${name}";`)) ?? "";
  const [, left, more] = /;r=(\d+);t=(\d+)$/.exec(ofName("ratelimit")) ?? [];
  return { policy: ofName("ratelimit-policy"), left: Number(left), more: Number(more) };
}

/** Sends more than is allowed, one after another, and returns the first refused response. */
async function exhaust(name: string, most: number, seconds: number, send: () => Promise<Answer>): Promise<Answer> {
  for (let sent = 1; sent <= most; sent++) {
    const answer = await send();
    expect(answer.status, answer.text).toBeLessThan(429);
    expect(said(answer, name)).toMatchObject({ policy: `"${name}";q=${most};w=${seconds}`, left: most - sent });
  }
  return send();
}

/** @param asked requests, or polls, that were too many at once */
function expectRefusal(answer: Answer, name: string, most: number, seconds: number, asked = 1): void {
  expect(outcome(answer)).toBe("429 rate_limited");
  expect(problemOf(answer).detail).toContain(`At most ${most} of these`);
  const { policy, left, more } = said(answer, name);
  expect(policy).toBe(`"${name}";q=${most};w=${seconds}`);
  expect(left).toBeLessThan(asked);
  expect(more).toBeGreaterThan(0);
  expect(more).toBeLessThanOrEqual(seconds);
  // Not before the window ends, and not all in the same second.
  const retryAfter = Number(answer.headers.get("retry-after"));
  expect(retryAfter).toBeGreaterThanOrEqual(more);
  expect(retryAfter).toBeLessThanOrEqual(more + 3);
}

describe("a limit on requests", () => {
  it("of triggers is shared by both forms of request, and reports what is left until it rejects", async () => {
    let sent = 0;
    const refused = await exhaust("trigger", 3, 60, () => {
      sent += 1;
      return sent % 2 === 0 ? ask("/store/no-such/trigger_report/") : ask("/api/v1/reports", json({ scope: "fleet" }));
    });
    expectRefusal(refused, "trigger", 3, 60);
    expectRefusal(await ask("/store/no-such/trigger_report/"), "trigger", 3, 60);
    // It limits nothing else.
    expect(outcome(await ask("/api/v1/reports"))).toBe("200");
  });

  it("of files is per hour, and rejects before a file is read", async () => {
    const send = () =>
      ask("/api/v1/imports/polls", { method: "POST", headers: { "content-type": "text/csv" }, body: "store_id\n" });
    expectRefusal(await exhaust("import", 2, 3600, send), "import", 2, 3600);
  });

  it("of webhooks", async () => {
    const body = json({ url: "https://93.184.216.34/", events: ["report.completed"] });
    expectRefusal(await exhaust("webhook", 2, 60, () => ask("/api/v1/webhooks", body)), "webhook", 2, 60);
  });
});

describe("a limit on polls", () => {
  const batch = (polls: number): RequestInit => {
    const at = "2023-01-24T09:06:42Z";
    return json({ polls: Array.from({ length: polls }, (_, i) => ({ store_id: `limit-${i}`, at, status: "active" })) });
  };

  it("counts the polls of a batch, and rejects a batch that exceeds it completely", async () => {
    const taken = await ask("/api/v1/polls", batch(6));
    expect([outcome(taken), said(taken, "polls").left, said(taken, "ingest").left]).toEqual(["200", 4, 7]);
    expectRefusal(await ask("/api/v1/polls", batch(5)), "polls", 10, 60, 5);
    expect(outcome(await ask("/api/v1/stores/limit-4"))).toBe("200");
    expect(outcome(await ask("/api/v1/stores/limit-9"))).toBe("404 store_not_found");
  });
});
