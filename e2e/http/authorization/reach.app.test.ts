import { describe, expect, it } from "vitest";
import { scopes } from "@/lib/contract/scopes";
import { bearer, type Caller } from "./test-support/access-rows";
import { askAs, post, type Said } from "./test-support/ask";
import { guardedApp } from "./test-support/guarded-app";

/** The rows of the bad-input table that are about access, by number. */
const guarded = guardedApp();

const ask = (path: string, caller: Caller, init?: RequestInit): Promise<Said> =>
  askAs(guarded().app.address, path, caller, init);

describe("H24 scopes", () => {
  it("let a read-only key change nothing: 403", async () => {
    const { readOnly, callers } = guarded().world;
    const poll = { store_id: "mine", at: "2023-01-25T10:00:00Z", status: "active" };
    for (const [path, body] of [
      ["/api/v1/reports", { store_id: "mine" }],
      ["/api/v1/polls", { polls: [poll] }],
      ["/api/v1/webhooks", { url: "https://hooks.example.com/", events: ["store.offline"] }],
      ["/api/v1/keys", { name: "more", scopes }],
    ] as const) {
      const answer = await ask(path, readOnly, post(body));
      expect([path, answer.status, answer.code]).toEqual([path, 403, "insufficient_scope"]);
    }
    expect(await ask("/store/mine/trigger_report/", readOnly)).toMatchObject({ status: 403 });
    expect(await ask("/api/v1/stores/mine", readOnly)).toMatchObject({ status: 200 });
    expect(await ask("/api/v1/stores/mine", callers.owner)).toMatchObject({ status: 200 });
  });

  it("let an owner's key do nothing to the fleet: 403; other stores do not exist: 404", async () => {
    const { ownersKey } = guarded().world;
    for (const path of ["/api/v1/imports", "/api/v1/webhooks", "/api/v1/people", "/api/v1/audit"]) {
      expect(await ask(path, ownersKey)).toMatchObject({ status: 403, code: "insufficient_scope" });
    }
    for (const path of ["", "/uptime?window=day", "/timeline", "/incidents", "/heatmap", "/exceptions"]) {
      const answer = await ask(`/api/v1/stores/other${path}`, ownersKey);
      expect([path, answer.status, answer.code]).toEqual([path, 404, "store_not_found"]);
    }
  });
});

describe("another's object", () => {
  const addresses = (report: string, store: string): string[] => [
    ...["", "/summary", ".csv", ".ndjson"].map((rest) => `/api/v1/reports/${report}${rest}`),
    ...["", "/uptime?window=day", "/timeline", "/incidents", "/heatmap"].map(
      (rest) => `/api/v1/stores/${store}${rest}`,
    ),
    `/store/${store}/trigger_report/`,
  ];

  it("G15 gets the same body as an object that does not exist", async () => {
    const { callers, ownersKey } = guarded().world;
    for (const caller of [callers.owner, ownersKey]) {
      const [theirs, nobodys] = [addresses("1", "other"), addresses("999", "nobody")];
      for (const [index, path] of theirs.entries()) {
        const [foreign, absent] = [await ask(path, caller), await ask(nobodys[index] ?? "", caller)];
        expect([path, foreign.status, absent.status]).toEqual([path, 404, 404]);
        expect(foreign.text.replaceAll("other", "…")).toBe(absent.text.replaceAll("nobody", "…"));
      }
      const [foreign, absent] = [
        await ask("/store/get_report/", caller, post({ report_id: 1 })),
        await ask("/store/get_report/", caller, post({ report_id: 999 })),
      ];
      expect([foreign.status, foreign.text]).toEqual([404, absent.text]);
    }
    expect(await ask("/api/v1/reports/1", callers.other)).toMatchObject({ status: 200 });
  });

  it("G16 is 404 also when it is deleted; its owner gets 410", async () => {
    const { callers, ownersKey, database } = guarded().world;
    const report = await ask("/api/v1/reports", callers.other, post({ store_id: "other" }));
    const { id } = JSON.parse(report.text) as { id: number };
    const state = async () =>
      (JSON.parse((await ask(`/api/v1/reports/${id}`, callers.other)).text) as { state: string }).state;
    await expect.poll(state, { timeout: 30_000 }).toBe("complete");
    await database.sql`delete from report_rows where report_id = ${id}`;
    await database.sql`update reports set expired_at = now() where id = ${id}`;
    for (const rest of ["", "/summary", ".csv", ".ndjson"]) {
      const path = `/api/v1/reports/${id}${rest}`;
      expect(await ask(path, callers.other)).toMatchObject({ status: 410, code: "report_expired" });
      for (const caller of [callers.owner, ownersKey]) {
        const [foreign, absent] = [await ask(path, caller), await ask(`/api/v1/reports/999${rest}`, caller)];
        expect([foreign.status, foreign.text]).toEqual([404, absent.text]);
      }
    }
  });

  it("H16 does not block an Idempotency-Key: each principal has their own", async () => {
    const { callers, ownersKey, everyScope } = guarded().world;
    const key = { "idempotency-key": "the same for all" };
    const reports: unknown[] = [];
    for (const caller of [callers.owner, ownersKey, callers.other, everyScope]) {
      const [first, again] = [
        await ask("/api/v1/reports", { ...caller, ...key }, post({ scope: "fleet" })),
        await ask("/api/v1/reports", { ...caller, ...key }, post({ scope: "fleet" })),
      ];
      expect([first.status, first.headers.get("idempotent-replay")]).toEqual([202, null]);
      expect([again.text, again.headers.get("idempotent-replay")]).toEqual([first.text, "true"]);
      const { id } = JSON.parse(first.text) as { id: number };
      reports.push(id);
      const other = await ask("/api/v1/reports", { ...caller, ...key }, post({ scope: "fleet", method: "poll_count" }));
      expect(other).toMatchObject({ status: 422, code: "idempotency_key_reused" });
    }
    // A person's key acts in their name, and joins their report in progress.
    const [mine, , theirs, all] = reports;
    expect(new Set([mine, theirs, all]).size).toBe(3);
  });

  it("limits a key to its stores", async () => {
    const { text } = await guarded().world.keyOf({ scopes, storeKeys: [1] });
    expect(await ask("/api/v1/stores/mine", bearer(text))).toMatchObject({ status: 200 });
    expect(await ask("/api/v1/stores/other", bearer(text))).toMatchObject({ status: 404 });
  });
});
