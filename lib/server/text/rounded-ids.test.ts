import { describe, expect, it } from "vitest";
import { KnownIds, originalsOf } from "./rounded-ids";

const known = new KnownIds([
  "8419537941919820732",
  "5955337179846162144",
  "5955337179846162145",
  "7000000000000000000",
  "1234567890123456",
]);

describe("an id of plain digits that was rounded", () => {
  it.each([
    ["to a floating-point number", "8419537941919821000", /may have been 8419537941919820732/],
    ["to 15 digits", "8419537941919820000", /may have been 8419537941919820732/],
    ["to 6 digits", "8419540000000000000", /may have been 8419537941919820732/],
    ["cut to 12 digits", "8419537941910000000", /may have been 8419537941919820732/],
    ["where two fit", "5955337179846162000", /one of 2 known stores/],
    ["of 16 digits", "1234567890123460", /may have been 1234567890123456/],
  ])("%s is recognised with its reason", (_how, id, reason) => {
    expect(known.roundedFault(id)).toMatch(reason);
  });

  it.each([
    ["is known itself", "7000000000000000000"],
    ["has no known store near it", "8419537941919900000"],
    ["has all of its digits", "8419537941919820733"],
    ["has a known store of another length", "84195379419198210000"],
    ["is short enough to have survived", "841953794191980"],
    ["has letters", "8419537941919821000a"],
    ["begins with a zero, as no number does", "0019537941919821000"],
  ])("is accepted when it %s", (_why, id) => {
    expect(known.roundedFault(id)).toBeNull();
  });

  it("is what JavaScript and spreadsheets make of a number", () => {
    for (const id of ["8419537941919820732", "5955337179846162144", "1481966498820158979", "9007199254740993123"]) {
      const one = new KnownIds([id]);
      const spreadsheet = id.slice(0, 15).padEnd(id.length, "0");
      expect(one.roundedFault(String(Number(id))), id).toMatch(id);
      expect(one.roundedFault(spreadsheet), id).toMatch(id);
      expect(one.roundedFault(BigInt(Number(Number(id).toPrecision(6))).toString()), id).toMatch(id);
    }
  });

  it("stays within its length", () => {
    expect(originalsOf("1000000000000000")?.first).toBe("1000000000000000");
    expect(originalsOf("9999999999999990")?.last).toBe("9999999999999999");
  });
});
