import { beforeAll, describe, expect, it } from "vitest";
import { until } from "@/db/testing/holders";
import { ReportListSchema, ReportSchema } from "@/lib/contract/reports";
import { bodyOf, json, outcome, problemOf, type Answer } from "./test-support/http";
import { ownApp } from "./test-support/own-app";

const cap = 3;
const { app, ask } = ownApp({ REPORTS_UNDER_WAY_PER_ACCOUNT: String(cap), RATE_LIMIT_TRIGGER_PER_MINUTE: "0" });
const stores = Array.from({ length: cap + 2 }, (_, i) => `under-way-${i}`);
const at = "2023-01-24T09:06:42Z";

beforeAll(async () => {
  const polls = stores.map((store_id) => ({ store_id, at, status: "active" }));
  expect(outcome(await ask("/api/v1/polls", json({ polls })))).toBe("200");
});

const trigger = (store: string): Promise<Answer> => ask(`/store/${store}/trigger_report/`);
const idOf = (answer: Answer): number => (JSON.parse(answer.text) as { report_id: number }).report_id;
const under = async () => bodyOf(await ask("/api/v1/reports?limit=500"), ReportListSchema).reports;

describe("the maximum of reports is in progress", () => {
  const [joined = "", ...others] = stores;
  let first = 0;
  beforeAll(async () => {
    first = idOf(await trigger(joined));
    for (const store of others.slice(0, cap - 1)) expect(outcome(await trigger(store))).toBe("200");
  });

  it("H18 another gets 429 report_limit with Retry-After, by any form of request", async () => {
    const [store = ""] = others.slice(cap - 1);
    const asked = await Promise.all([
      ...Array.from({ length: 10 }, () => trigger(store)),
      ...Array.from({ length: 10 }, () => ask("/api/v1/reports", json({ store_id: store }))),
      ask("/api/v1/reports", json({ scope: "fleet" })),
    ]);
    for (const answer of asked) {
      expect(outcome(answer)).toBe("429 report_limit");
      expect(answer.headers.get("retry-after")).toMatch(/^[2-5]$/);
      expect(problemOf(answer).detail).toContain("Try again");
    }
    expect(await under()).toHaveLength(cap);
  });

  it("H18 the same request again is not another: it joins the one in progress", async () => {
    expect(idOf(await trigger(joined))).toBe(first);
    expect(await under()).toHaveLength(cap);
  });

  it("G17 a queued one is Running, exactly as documented, and a second later still", async () => {
    const answer = await ask("/store/get_report/", json({ report_id: first }));
    expect([answer.status, answer.text]).toEqual([200, '{"status":"Running"}']);
    expect([answer.headers.get("retry-after"), answer.headers.get("cache-control")]).toEqual([
      "2",
      "private, no-store",
    ]);
    const asked = await ask(`/api/v1/reports/${first}.csv`);
    expect([outcome(asked), asked.headers.get("retry-after")]).toEqual(["409 report_not_ready", "2"]);
  });

  it("G19 a cancelled one failed, exactly as documented, and frees its place for another", async () => {
    const cancelled = await ask(`/api/v1/reports/${first}`, { method: "DELETE" });
    expect(bodyOf(cancelled, ReportSchema)).toMatchObject({ state: "failed", failure: { code: "cancelled" } });
    expect(outcome(await ask(`/api/v1/reports/${first}`, { method: "DELETE" }))).toBe("200");
    const answer = await ask("/store/get_report/", json({ report_id: first }));
    expect([answer.status, JSON.parse(answer.text)]).toEqual([
      200,
      { status: "Failed", code: "cancelled", reason: expect.stringMatching(/./) as string },
    ]);
    expect(outcome(await ask(`/api/v1/reports/${first}.csv`))).toBe("409 report_failed");
    expect(outcome(await trigger(others.at(-1) ?? ""))).toBe("200");
  });
});

describe("expired data", () => {
  let id = 0;
  beforeAll(async () => {
    const worker = await app().startWorker();
    await until(async () => (await under()).every(({ state }) => state === "complete" || state === "failed"));
    id = (await under()).find(({ state }) => state === "complete")?.id ?? 0;
    await worker.kill();
    // Ninety days are kept; the worker looks for older data when it starts.
    await app().database.sql`update reports set finished_at = now() - interval '91 days' where id = ${id}`;
    await app().startWorker();
  });

  it("G16 a report whose figures have expired: 410 report_expired, at every address", async () => {
    const isGone = async (): Promise<string> => outcome(await ask(`/api/v1/reports/${id}`));
    await expect.poll(isGone, { timeout: 60_000 }).toBe("410 report_expired");
    for (const path of [".csv", ".ndjson", "/summary"]) {
      expect(outcome(await ask(`/api/v1/reports/${id}${path}`))).toBe("410 report_expired");
    }
    const documented = await ask("/store/get_report/", json({ report_id: id }));
    expect(outcome(documented)).toBe("410 report_expired");
    expect(problemOf(documented).detail).toContain("Ask for a new one");
    expect(outcome(await ask(`/api/v1/reports/${id}`, { method: "DELETE" }))).toBe("410 report_expired");
    expect((await under()).map((report) => report.id)).not.toContain(id);
  });

  it("H16 an Idempotency-Key a day later: it counts as new", async () => {
    const polls = (second: string) =>
      JSON.stringify({ polls: [{ store_id: stores[0], at: `2023-01-25T09:06:${second}Z`, status: "active" }] });
    const post = (body: string) => {
      const headers = { "content-type": "application/json", "idempotency-key": "a-day" };
      return ask("/api/v1/polls", { method: "POST", headers, body });
    };
    const [first, again] = [await post(polls("01")), await post(polls("01"))];
    expect([first.headers.get("idempotent-replay"), again.headers.get("idempotent-replay")]).toEqual([null, "true"]);
    expect(outcome(await post(polls("02")))).toBe("422 idempotency_key_reused");
    await app().database.sql`update idempotency_keys set expires_at = now() where key = 'a-day'`;
    const later = await post(polls("02"));
    expect([later.text, later.headers.get("idempotent-replay")]).toEqual([
      '{"accepted":1,"duplicate":0,"conflicting":0,"rejected":[]}',
      null,
    ]);
    expect((await post(polls("02"))).headers.get("idempotent-replay")).toBe("true");
  });

  it("H16 an Idempotency-Key whose first request is in progress: 409 with Retry-After", async () => {
    const { sql } = app().database;
    const headers = { "content-type": "application/json", "idempotency-key": "in-flight" };
    const init = {
      ...json({ polls: [{ store_id: stores[0], at: "2023-01-25T10:00:00Z", status: "active" }] }),
      headers,
    };
    const holder = await sql.reserve();
    try {
      // The first request waits for the last row that it has to change.
      await holder`begin`;
      await holder`select from fleet_state for update`;
      const first = ask("/api/v1/polls", init);
      const isUnderWay = async () => (await sql`select from pg_locks where classid = 7230119 and granted`).length;
      await expect.poll(isUnderWay, { timeout: 20_000 }).toBe(1);
      for (const second of [
        await ask("/api/v1/polls", init),
        await ask("/api/v1/reports", { ...json({ scope: "fleet" }), headers }),
      ]) {
        expect([outcome(second), second.headers.get("retry-after")]).toEqual(["409 idempotency_key_in_flight", "1"]);
      }
      await holder`rollback`;
      expect((await first).text).toContain('"accepted":1');
    } finally {
      holder.release();
    }
    const again = await ask("/api/v1/polls", init);
    expect([again.status, again.headers.get("idempotent-replay")]).toEqual([200, "true"]);
  });
});
