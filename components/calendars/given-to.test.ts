import { describe, expect, it } from "vitest";
import { givenOf, namesIn, noStores, rowsOf, rowText } from "./given-to";

describe("what a calendar is given to", () => {
  it("is the same as rows and back, each once", () => {
    const given = { all: true, brands: ["Corner Coffee"], groups: ["West"], store_ids: ["a", "b"] };
    const rows = rowsOf(given);
    expect(rows.map(rowText)).toEqual(["All stores", "Brand Corner Coffee", "Group West", "Store a", "Store b"]);
    expect(givenOf([...rows, ...rows])).toEqual(given);
    expect(givenOf([])).toEqual(noStores);
  });

  it("names of stores are separated by commas, semicolons and lines, not by spaces", () => {
    expect(namesIn(" Main Street, 8419537941919820732;\nsecond,, ")).toEqual([
      ...["Main Street", "8419537941919820732", "second"],
    ]);
  });
});
