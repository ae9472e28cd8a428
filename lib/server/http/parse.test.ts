import { describe, expect, it } from "vitest";
import { z } from "zod";
import { CreateReportSchema } from "@/lib/contract/reports";
import { PutHoursSchema } from "@/lib/contract/store-hours";
import { StoreListQuerySchema } from "@/lib/contract/stores";
import { AppError } from "@/lib/server/errors";
import { parseInput, parseNoQuery, parseQuery, parseReportId, parseReportIdBody, parseStoreId } from "./parse";

const get = (query: string): Request => new Request(`http://localhost/api/v1/stores${query}`);

describe("a query", () => {
  it("is read with its defaults", () => {
    expect(parseQuery(StoreListQuerySchema, get("?q=caf%C3%A9+one&limit=7"))).toEqual({
      q: "café one",
      sort: "uptime_week",
      limit: 7,
    });
  });

  it.each([
    ["?stor_id=1", "unknown_parameter"],
    ["?__proto__=1", "unknown_parameter"],
    ["?q=a&q=b", "duplicate_parameter"],
    ["?q[]=a", "unknown_parameter"],
    ["?limit=0", "invalid_limit"],
    ["?limit=-1", "invalid_limit"],
    ["?limit=501", "invalid_limit"],
    ["?limit=10.5", "invalid_limit"],
    ["?limit=abc", "invalid_limit"],
    ["?sort=password_hash", "invalid_sort"],
    ["?state=sleeping", "invalid_state"],
    [`?q=${"x".repeat(101)}`, "bad_request"],
    ["?q=%00", "bad_request"],
    ["?q=%E0%A4%A", "bad_encoding"],
    ["?q=%zz", "bad_encoding"],
    ["?q=100%", "bad_encoding"],
  ])("%s is rejected: %s", (query, expected) => {
    expect(() => parseQuery(StoreListQuerySchema, get(query))).toThrow(expect.objectContaining({ code: expected }));
  });

  it("is rejected where none is accepted", () => {
    expect(() => parseNoQuery(get("?a=1"))).toThrow(expect.objectContaining({ code: "unknown_parameter" }));
    parseNoQuery(get(""));
  });
});

describe("a body", () => {
  it.each([
    [{ store_id: 8419537941919820732 }, "store_id_must_be_string"],
    [{ store_ids: ["a", 12] }, "store_id_must_be_string"],
    [{ store_id: "a b" }, "invalid_store_id"],
    [{ store_ids: [] }, "invalid_store_id"],
    [{ scope: "fleet", role: "admin" }, "unknown_field"],
    [{ scope: "fleet", method: "guess" }, "invalid_method"],
    [{ scope: "fleet", as_of: 1674669600 }, "invalid_as_of"],
    [{ scope: "fleet", store_id: "a" }, "bad_request"],
    [{}, "bad_request"],
    [[], "invalid_type"],
    [null, "invalid_type"],
    ["x", "invalid_type"],
    [JSON.parse('{"scope":"fleet","__proto__":{"a":1}}') as unknown, "unknown_field"],
  ])("%j is rejected: %s", (body, expected) => {
    expect(() => parseInput(CreateReportSchema, body)).toThrow(expect.objectContaining({ code: expected }));
  });

  it("has the code of the innermost place that has one", () => {
    const hours = { time_zone: null, business_hours: null };
    const body = {
      stores: [
        { store_id: "a b", ...hours },
        { store_id: "a", ...hours, valid_from: "2200-01-01" },
        { store_id: "b", ...hours, business_hours: [] },
      ],
    };
    const faults = [
      expect.objectContaining({ pointer: "/stores/0/store_id", code: "invalid_store_id" }),
      expect.objectContaining({ pointer: "/stores/1/valid_from", code: "invalid_valid_from" }),
      expect.objectContaining({ pointer: "/stores/2/business_hours", code: "bad_request" }),
    ];
    expect(() => parseInput(PutHoursSchema, body)).toThrow(
      expect.objectContaining({ code: "invalid_store_id", options: { faults } }),
    );
  });

  it("names each place with an error, with a short quote of its value", () => {
    const body = { store_id: `${"\u0000".repeat(3)}${"x".repeat(500)}`, method: "guess" };
    expect(() => parseInput(CreateReportSchema, body)).toThrow(
      expect.objectContaining({
        options: {
          faults: [
            expect.objectContaining({ pointer: "/store_id", value: `${"\\u{0}".repeat(3)}${"x".repeat(64)}…` }),
            expect.objectContaining({ pointer: "/method", code: "invalid_method", value: "guess" }),
          ],
        },
      }),
    );
  });
});

describe("a report id", () => {
  it.each([74, "74", 9_007_199_254_740_991])("%j is accepted", (value) => {
    expect(parseReportId(value)).toBe(Number(value));
  });

  it.each([
    0,
    -1,
    7.4,
    1e30,
    "",
    " 74 ",
    "74.0",
    "7.4e1",
    "0x4a",
    "1_000",
    "７４",
    "0",
    "-1",
    "9".repeat(19),
    null,
    {},
    [74],
    true,
  ])("%j is rejected", (value) => {
    expect(() => parseReportId(value)).toThrow(expect.objectContaining({ code: "invalid_report_id" }));
  });

  it("is unknown rather than invalid when it is greater than any", () => {
    expect(parseReportId("999999999999999999")).toBeNull();
  });

  it("must be in the body", () => {
    expect(() => parseReportIdBody({})).toThrow(expect.objectContaining({ code: "missing_report_id" }));
    expect(() => parseReportIdBody({ report_id: null })).toThrow(
      expect.objectContaining({ code: "invalid_report_id" }),
    );
    expect(() => parseReportIdBody({ report_id: 1, id: 1 })).toThrow(
      expect.objectContaining({ code: "unknown_field" }),
    );
  });
});

it.each(["..%2f", "a/b", "a\0", "", "x".repeat(65), "é"])("%j is no store id", (storeId) => {
  expect(() => parseStoreId({ storeId })).toThrow(expect.objectContaining({ code: "invalid_store_id" }));
});

it("says what is wrong with a value in plain words", () => {
  const schema = z.strictObject({
    ...{ name: z.string().max(3), day: z.int().min(0).max(6), ids: z.array(z.string()).min(1) },
    ...{ date: z.iso.date(), own: z.string().max(1, "One letter.") },
  });
  const reasonsOf = (input: object): readonly (string | undefined)[] => {
    try {
      parseInput(schema, input);
      return [];
    } catch (error) {
      return error instanceof AppError ? (error.options.faults ?? []).map(({ reason }) => reason) : [];
    }
  };
  expect(reasonsOf({ name: "abcd", day: 7, ids: [], date: "2023-02-29", own: "ab" })).toEqual([
    "Must have at most 3 characters.",
    "Must be at most 6.",
    "Must have at least 1 entry.",
    "Must be a date that exists, like 2023-12-25.",
    "One letter.",
  ]);
  expect(reasonsOf({ name: "a", day: -1, ids: ["a"], own: "a" })).toEqual([
    "Must be at least 0.",
    "This field is required.",
  ]);
});
