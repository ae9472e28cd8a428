import { describe, expect, it } from "vitest";
import { PollRules } from "./poll-rules";

const now = Date.UTC(2023, 0, 25, 18);
const poll = { store_id: "1481966498820158979", at: "2023-01-24T09:06:42.605Z", status: "active" };
const judge = (changes: object): unknown => new PollRules(now).judge({ ...poll, ...changes });

describe("a live poll", () => {
  it.each([
    ["D1", "2023-01-24 09:06:42.605777 UTC", "2023-01-24T09:06:42.605Z"],
    ["D2", "2023-01-24 09:06:42.6 UTC", "2023-01-24T09:06:42.600Z"],
    ["D3", "2023-01-24 09:06:42.605999999 UTC", "2023-01-24T09:06:42.605Z"],
    ["D4", "2023-01-24T09:06:42-00:00", "2023-01-24T09:06:42.000Z"],
    ["D5", "2023-01-24T09:06:42+05:30", "2023-01-24T03:36:42.000Z"],
    ["D6", "2023-01-24 09:06:42", "2023-01-24T09:06:42.000Z"],
    ["D14 four minutes ahead", "2023-01-25T18:05:00Z", "2023-01-25T18:05:00.000Z"],
    ["D15", "2013-01-24T09:06:42Z", "2013-01-24T09:06:42.000Z"],
    ["D16", "\u00a02023-01-24T09:06:42Z\t", "2023-01-24T09:06:42.000Z"],
  ])("%s: %j is an instant", (_row, at, expected) => {
    expect(judge({ at })).toEqual({ storeId: poll.store_id, at: Date.parse(expected), status: "active" });
  });

  it.each([
    ["D7", "2023-01-24 09:06:42 EST", "ambiguous_zone"],
    ["D8", "01/24/2023 9:06", "bad_timestamp"],
    ["D9", 1_674_551_202, "bad_timestamp"],
    ["D9", "1674551202605", "bad_timestamp"],
    ["D10", "2023-02-29T00:00:00Z", "bad_timestamp"],
    ["D11", "2023-01-24T23:59:60Z", "bad_timestamp"],
    ["D12", "now", "bad_timestamp"],
    ["D13", "1999-12-31T23:59:59.999Z", "timestamp_out_of_range"],
    ["D13", "9999-01-01T00:00:00Z", "timestamp_out_of_range"],
    ["D14", "2023-01-25T18:05:00.001Z", "timestamp_in_future"],
    ["D17", "", "missing_timestamp"],
    ["D17", null, "missing_timestamp"],
    ["no text", {}, "bad_timestamp"],
    ["cut nowhere", `2023-01-24 09:06:42${" ".repeat(200)}EST`, "bad_timestamp"],
  ])("%s: %j is not", (_row, at, code) => {
    expect(judge({ at })).toMatchObject({ code });
  });

  it("C3: has the ID of a store in lower case where it is a UUID", () => {
    const id = "D84A4552-3668-4075-AD1D-16840294F818";
    expect(judge({ store_id: id })).toMatchObject({ storeId: id.toLowerCase() });
    expect(judge({ store_id: "Store_A" })).toMatchObject({ storeId: "Store_A" });
  });

  it.each(["inactive", "Inactive", " INACTIVE "])("D19: accepts %j in any case", (status) => {
    expect(judge({ status })).toMatchObject({ status: "inactive" });
  });

  it.each(["1", "true", "up", "actve", "", "🙂", true, null])("D20: rejects %j", (status) => {
    expect(judge({ status })).toMatchObject({ code: "bad_status" });
  });

  it.each([
    ["H10", 8_419_537_941_919_820_000, "store_id_must_be_string"],
    ["C", "", "missing_store_id"],
    ["C", undefined, "missing_store_id"],
    ["C", ["1"], "bad_store_id"],
    ["C", "8.41954E+18", "id_damaged_by_spreadsheet"],
    ["C", "a b", "bad_store_id"],
    ["C", "x".repeat(65), "bad_store_id"],
    ["C", "x".repeat(1_000_000), "bad_store_id"],
    ["C", "caf\u00e9", "bad_character"],
  ])("%s: the store id %j is rejected", (_row, store_id, code) => {
    expect(judge({ store_id })).toMatchObject({ code, detail: expect.stringMatching(/./) as string });
  });

  it("H5, H7, H8: is an object of three fields", () => {
    for (const value of [null, [], "x", 1]) {
      expect(new PollRules(now).judge(value)).toMatchObject({ code: "invalid_type" });
    }
    expect(judge({ role: "admin" })).toMatchObject({ code: "unknown_field" });
    expect(new PollRules(now).judge(JSON.parse('{"__proto__":{"at":1},"store_id":"a"}'))).toMatchObject({
      code: "unknown_field",
    });
  });
});
