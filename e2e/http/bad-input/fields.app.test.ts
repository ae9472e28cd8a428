import { beforeAll, describe, expect, it } from "vitest";
import { ask, json, outcome, problemOf } from "./test-support/http";

const at = "2023-01-24T09:06:42Z";

describe("requesting a report", () => {
  const store = `field-report-${process.pid}`;
  beforeAll(async () => {
    await ask("/api/v1/polls", json({ polls: [{ store_id: store, at, status: "active" }] }));
  });
  const asked = async (body: object): Promise<string> => outcome(await ask("/api/v1/reports", json(body)));

  it("H17 of unknown stores: 404, naming them; of too many, or of two things: 400", async () => {
    const answer = await ask("/api/v1/reports", json({ store_ids: [store, "no-such-store"] }));
    expect([outcome(answer), problemOf(answer).detail]).toEqual([
      "404 store_not_found",
      expect.stringContaining("no-such-store"),
    ]);
    expect(await asked({ store_ids: [store, store] })).toBe("202");
    expect(await asked({ store_ids: [] })).toBe("400 invalid_store_id");
    expect(await asked({ store_ids: Array(10_001).fill(store) })).toBe("400 invalid_store_id");
    expect(await asked({ scope: "fleet", store_id: store })).toBe("400 bad_request");
    expect(await asked({})).toBe("400 bad_request");
    for (const as_of of ["2099-01-01T00:00:00Z", "now"]) {
      expect(await asked({ scope: "fleet", as_of })).toBe("400 invalid_as_of");
    }
    expect(await asked({ scope: "fleet", method: "guess" })).toBe("400 invalid_method");
  });

  it("H19 by the documented GET works", async () => {
    const { report_id: id } = JSON.parse((await ask(`/store/${store}/trigger_report/`)).text) as { report_id: number };
    expect((await ask(`/api/v1/reports/${id}?wait=30`)).text).toContain('"state":"complete"');
    expect((await ask("/store/get_report/", json({ report_id: id }))).text).toContain('"status":"Complete"');
  });
});

describe("the address of a webhook", () => {
  it.each([
    "http://127.0.0.1/",
    "https://127.0.0.1/",
    "http://[::1]/",
    "https://[::1]/",
    "https://2130706433/",
    "https://0x7f.1/",
    "https://169.254.169.254/latest/meta-data",
    "https://[::ffff:10.0.0.1]/",
    "https://localhost/",
    "https://metadata.google.internal/",
    "file:///etc/passwd",
    "gopher://example.com/",
    "https://user:pass@example.com/",
    "https://example.com:22/",
    `https://${"a".repeat(300)}.example/`,
    "https://b\u00fccher.localhost/",
    "https://\uff11\uff12\uff17.0.0.1/",
    "javascript:alert(1)",
  ])("H21 %s: webhook_url_not_allowed", async (url) => {
    const answer = await ask("/api/v1/webhooks", json({ url, events: ["report.completed"] }));
    expect(outcome(answer)).toBe("422 webhook_url_not_allowed");
  });
});

describe("the name of a store", () => {
  const store = `field-name-${process.pid}`;
  const named = (name: unknown) => ask(`/api/v1/stores/${store}`, json({ name }, "PATCH"));
  beforeAll(async () => {
    await ask("/api/v1/polls", json({ polls: [{ store_id: store, at, status: "active" }] }));
  });

  it.each(["<img src=x onerror=alert(1)>", "🍔 Bún chả", "=1+1"])("H22 %s is text", async (name) => {
    expect((await named(name)).text).toContain(`"name":${JSON.stringify(name)}`);
  });

  it("H22 of a megabyte, or of more than 80 characters, is rejected; control and direction characters are removed", async () => {
    expect(outcome(await named("x".repeat(1_000_000)))).toBe("413 body_too_large");
    expect(outcome(await named("x".repeat(81)))).toBe("400 invalid_name");
    expect(outcome(await named(7))).toBe("400 invalid_name");
    expect(JSON.parse((await named("a\u202eb\u0007c")).text)).toMatchObject({ name: "abc" });
  });
});
