import { beforeAll, describe, expect, it } from "vitest";
import { ReportSchema } from "@/lib/contract/reports";
import { StoreListSchema } from "@/lib/contract/stores";
import { ask, bodyOf, get, json, outcome, problemOf, raw } from "./test-support/http";

const store = `query-${process.pid}`;

beforeAll(async () => {
  const polls = [0, 1, 2].map((i) => ({ store_id: `${store}-${i}`, at: "2023-01-24T09:06:42Z", status: "active" }));
  expect(outcome(await ask("/api/v1/polls", json({ polls: [...polls, { ...polls[0], store_id: store }] })))).toBe(
    "200",
  );
});

describe("the id of a report", () => {
  const asked = (text: string): Promise<string> =>
    ask("/store/get_report/", { method: "POST", headers: { "content-type": "application/json" }, body: text }).then(
      outcome,
    );

  it("G10 is missing: missing_report_id", async () => {
    expect(await asked("{}")).toBe("400 missing_report_id");
  });

  it.each([
    ...['""', '"  "', "null", '"null"', '"undefined"', '"[object Object]"', "[]", "{}", "true"].map((id) => [
      "G11",
      id,
    ]),
    ...['" 74 "', '"74.0"', "7.5", '"7.4e1"', '"0x4a"', '"1_000"', '"７４"', '"+74"', '"074"'].map((id) => ["G12", id]),
    ...["-1", "0", '"0"', `"${"9".repeat(400)}"`, "1e300"].map((id) => ["G13", id]),
  ])("%s %s: invalid_report_id", async (_, id) => {
    expect(await asked(`{"report_id":${id}}`)).toBe("400 invalid_report_id");
  });

  it.each(["2147483648", "9007199254740993", '"999999999999999999"'])("G13 %s does not exist", async (id) => {
    expect(await asked(`{"report_id":${id}}`)).toBe("404 report_not_found");
  });

  it.each([
    ["G11", "/api/v1/reports/null", "400 invalid_report_id"],
    ["G11", "/api/v1/reports/%20", "400 invalid_report_id"],
    ["G12", "/api/v1/reports/7.4e1", "400 invalid_report_id"],
    ["G12", "/api/v1/reports/0x4a", "400 invalid_report_id"],
    ["G13", "/api/v1/reports/9223372036854775808", "400 invalid_report_id"],
    ["G13", "/api/v1/reports/2147483648", "404 report_not_found"],
    ["G13", "/api/v1/reports/-1", "400 invalid_report_id"],
    ["G14", "/api/v1/stores?limit=1&limit=2", "400 duplicate_parameter"],
    ["G14", "/api/v1/stores?limit[]=1", "400 unknown_parameter"],
    ["G14", "/api/v1/stores?q[$ne]=", "400 unknown_parameter"],
    ["G15", "/api/v1/reports/999999999", "404 report_not_found"],
    ["G15", "/api/v1/reports/999999999.csv", "404 report_not_found"],
    ["G15", "/api/v1/imports/999999999", "404 import_not_found"],
    ["G21", "/api/v1/stores?stor_id=1", "400 unknown_parameter"],
    ["G21", "/api/v1/reports?page=2", "400 unknown_parameter"],
    ["G21", "/api/v1/fleet?x=", "400 unknown_parameter"],
    ...["-1", "0", "501", "1e9", "1e1", "abc", "10.5", "0x10", "", "%20", "+5", "١٠", "999999999999"].map((limit) => [
      "G22",
      `/api/v1/stores?limit=${limit === "%20" ? limit : encodeURIComponent(limit)}`,
      "400 invalid_limit",
    ]),
    ...["stores", "reports", "imports", "data-quality/conflicts", `stores/${store}/incidents`].flatMap((list) => [
      ["G22", `/api/v1/${list}?cursor=garbage`, "400 invalid_cursor"],
      ["G22", `/api/v1/${list}?cursor=${"A".repeat(600)}`, "400 invalid_cursor"],
      ["G22", `/api/v1/${list}?limit=1e1`, "400 invalid_limit"],
    ]),
    ["G23", `/api/v1/stores/${store}/uptime?from=2023-01-24T00:00:00Z&to=2023-01-23T00:00:00Z`, "400 invalid_range"],
    ["G23", `/api/v1/stores/${store}/uptime?from=2023-01-24T00:00:00Z&to=2023-01-24T00:00:00Z`, "400 invalid_range"],
    ["G23", `/api/v1/stores/${store}/uptime?from=2021-01-01T00:00:00Z&to=2023-01-24T00:00:00Z`, "400 invalid_range"],
    ["G23", `/api/v1/stores/${store}/uptime?from=yesterday`, "400 invalid_from"],
    ["G23", `/api/v1/stores/${store}/uptime?from=2023-02-30T00:00:00Z`, "400 invalid_from"],
    ["G23", `/api/v1/stores/${store}/uptime?from=2023-01-24T00:00:00`, "400 invalid_from"],
    ["G24", `/api/v1/stores?q=${"a".repeat(101)}`, "400 bad_request"],
    ["G24", "/api/v1/stores?q=%00", "400 bad_request"],
    ["G24", "/api/v1/stores?q=%ED%A0%80", "400 bad_encoding"],
    ["G25", "/api/v1/stores?sort=password_hash", "400 invalid_sort"],
    ["G25", "/api/v1/stores?sort=", "400 invalid_sort"],
    ["G25", "/api/v1/stores?sort=constructor", "400 invalid_sort"],
  ])("%s %s: %s", async (_, path = "", expected = "") => {
    expect(outcome(await get(path))).toBe(expected);
  });

  it("G23 names the position of the error", async () => {
    const answer = await ask(`/api/v1/stores/${store}/uptime?from=2023-01-24T00:00:00Z&to=2023-01-23T00:00:00Z`);
    expect(problemOf(answer).errors).toMatchObject([{ pointer: "/from", code: "invalid_range" }]);
  });

  it.each(["%", "_", "\\", "(.*)", "[", "'; drop table stores; --", "\u202egnp", "🍔", "ı"])(
    "G24 searched text is taken literally: %s",
    async (text) => {
      const list = bodyOf(await ask(`/api/v1/stores?q=${encodeURIComponent(store + text)}`), StoreListSchema);
      expect([list.matching, list.stores]).toEqual([0, []]);
    },
  );
});

describe("a report", () => {
  let id = 0;
  beforeAll(async () => {
    const answer = await ask("/api/v1/reports", json({ store_id: store }));
    expect([answer.status, answer.headers.get("location")]).toEqual([
      202,
      expect.stringMatching(/^\/api\/v1\/reports\/\d+$/),
    ]);
    ({ id } = bodyOf(answer, ReportSchema));
    expect(bodyOf(await ask(`/api/v1/reports/${id}?wait=30`), ReportSchema).state).toBe("complete");
  });

  it("G18 that is complete is one immutable CSV: ETag, name, 304, and never a partial response", async () => {
    const first = await ask(`/api/v1/reports/${id}.csv`);
    const etag = first.headers.get("etag") ?? "";
    expect(etag).toMatch(/^"[^"]+"$/);
    expect(first.headers.get("content-disposition")).toMatch(/^attachment; filename="report-\d+-[\dT.-]+Z\.csv"$/);
    const again = await ask(`/api/v1/reports/${id}.csv`, { headers: { "if-none-match": `"x", ${etag}` } });
    expect([again.status, again.text]).toEqual([304, ""]);
    const part = await ask(`/api/v1/reports/${id}.csv`, { headers: { range: "bytes=0-3" } });
    expect([part.status, part.text, part.headers.get("accept-ranges")]).toEqual([200, first.text, "none"]);
  });

  it.each([
    ["application/json", 200, "application/json"],
    ["*/*", 200, "application/json"],
    ["garbage", 200, "application/json"],
    ["image/png", 406, "application/problem+json"],
    ["text/csv", 200, "text/csv; charset=utf-8; header=present"],
    ["text/csv;q=0.5, application/json", 200, "application/json"],
    ["application/json;q=0.1, text/csv;q=0.2", 200, "text/csv; charset=utf-8; header=present"],
    ["text/html, */*;q=0.1", 200, "application/json"],
  ])("G20 requested as %s: %d", async (accept, status, type) => {
    const answer = await raw(`GET /api/v1/reports/${id} HTTP/1.1\r\nHost: x\r\nAccept: ${accept}\r\n\r\n`);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([status, type]);
    if (status === 200) expect(answer.headers.get("vary")).toContain("Accept");
  });

  it("G20 requested without Accept is JSON; a trigger never fails with 406", async () => {
    expect((await get(`/api/v1/reports/${id}`)).headers.get("content-type")).toBe("application/json");
    expect((await get(`/store/${store}/trigger_report/`, "Accept: image/png\r\n")).status).toBe(200);
  });

  it("can be waited for, for a limited time", async () => {
    for (const wait of ["31", "-1", "1.5", "x", "1e1", ""]) {
      expect(outcome(await ask(`/api/v1/reports/${id}?wait=${wait}`))).toBe("400 invalid_wait");
    }
  });
});

describe("a page of a list", () => {
  it("G22 continues where the one before ended, and only with the same filter", async () => {
    const list = (query: string) => ask(`/api/v1/stores?sort=store_id&limit=1${query}`);
    await expect
      .poll(async () => bodyOf(await list(`&q=${store}`), StoreListSchema).matching, { timeout: 50_000 })
      .toBe(4);
    const first = await list(`&q=${store}`);
    const { next_cursor: cursor, stores } = bodyOf(first, StoreListSchema);
    expect(first.headers.get("link")).toContain(`cursor=${cursor ?? ""}`);
    const second = bodyOf(await list(`&q=${store}&cursor=${cursor ?? ""}`), StoreListSchema);
    expect([stores[0]?.store_id, second.stores[0]?.store_id]).toEqual([store, `${store}-0`]);
    for (const other of [`&q=${store}-`, "", `&q=${store}&state=offline`]) {
      expect(outcome(await list(`${other}&cursor=${cursor ?? ""}`))).toBe("400 invalid_cursor");
    }
    const [text = "", signature = ""] = (cursor ?? "").split(".");
    const forged = Buffer.from(Buffer.from(text, "base64url").toString().replace(store, "a")).toString("base64url");
    expect(outcome(await list(`&q=${store}&cursor=${forged}.${signature}`))).toBe("400 invalid_cursor");
  });
});
