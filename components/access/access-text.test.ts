import { expect, it } from "vitest";
import { browserText, grantOf, grantsText, idsOf, storeNamesOf } from "./access-text";

it("says what an owner was given, and counts what does not fit", () => {
  const grants = ["1", "2", "3", "4", "5"].map((id) => ({ store_id: id, manage: id === "2" }));
  const names = storeNamesOf([{ store_id: "2", name: "Main Street" }]);
  const shown = "store 1 (view); store Main Street (edit); store 3 (view); and 2 more";
  expect(grantsText("owner", grants, names)).toBe(shown);
  expect(grantsText("owner", [{ group: "2", manage: true }], names)).toBe("group 2 (edit)");
  expect(grantsText("owner", [], names)).toBe("No stores yet");
  expect(grantsText("operator", grants, names)).toBe("Every store");
});

it("makes a grant of a name, and none of blanks", () => {
  expect(grantOf("store", " 8 ", false)).toEqual({ store_id: "8", manage: false });
  expect(grantOf("group", "Taco Town", true)).toEqual({ group: "Taco Town", manage: true });
  expect(grantOf("group", "  ", true)).toBeNull();
});

it("reads ids however they are set apart, each once", () => {
  expect(idsOf(" 8, 9\n8;\t10 ")).toEqual(["8", "9", "10"]);
  expect(idsOf(" \n")).toEqual([]);
});

it.each([
  ["Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36", "Chrome on Windows"],
  ["Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/156.0 Safari/537.36 Edg/156.0", "Edge on Windows"],
  ["Mozilla/5.0 (Macintosh; Intel Mac OS X 15_1) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15", "Safari on macOS"],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1",
    "Safari on iPhone",
  ],
  ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"],
  ["Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/156.0 Mobile Safari/537.36", "Chrome on Android"],
  ["Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/147.0 Safari/537.36", "Chrome on Linux"],
  ["curl/8.5.0", "curl/8.5.0"],
  ["", "Unknown client"],
])("tells devices apart: %s", (userAgent, words) => {
  expect(browserText(userAgent)).toBe(words);
});
