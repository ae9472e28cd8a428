import { expect, it } from "vitest";
import { rejectsCsvLine } from "./rejects-csv";

const reject = { line: 3, byteOffset: 90, column: "store_id", code: "bad_store_id", reason: "no id" } as const;

it.each([
  ["a,b", '"a,b"'],
  ['say "x"', '"say ""x"""'],
  ["=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"],
  ["+1", "'+1"],
  ["-2+3", "'-2+3"],
  ["@SUM(1)", "'@SUM(1)"],
  ["＝1", "'＝1"],
  ["\t=1", "\\u0009=1"],
  ["a\r\n\0b", "a\\u000d\\u000a\\u0000b"],
  ["\u202etxt", "\\u202etxt"],
])("writes the row %j as %s", (raw, written) => {
  expect(rejectsCsvLine("polls.csv", { ...reject, raw })).toBe(
    `polls.csv,3,90,store_id,bad_store_id,no id,${written}\r\n`,
  );
});
