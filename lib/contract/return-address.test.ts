import fc from "fast-check";
import { expect, it } from "vitest";
import { returnAddress, signInAddress } from "./return-address";

it.each(["/", "/reports", "/stores/8?window=week&report=7", "/?q=caf%C3%A9&sort=-name", "/stores/a%2Fb"])(
  "leads back to %s",
  (page) => {
    expect(returnAddress(page)).toBe(page);
    const to = new URL(signInAddress(page), "http://x").searchParams.get("to");
    expect(to ?? "/").toBe(page);
  },
);

it.each([
  ["/reports?_rsc=1abc", "/reports"],
  ["/?q=a&_rsc=1abc", "/?q=a"],
  ["/?_rsc&q=a", "/?q=a"],
  ["/?q=a&x_rsc=1", "/?q=a&x_rsc=1"],
])("leads from %s to the page itself", (asked, page) => {
  expect(returnAddress(asked)).toBe(page);
});

it.each([
  ...["https://evil.example", "http:evil.example", "//evil.example", "///evil.example", "/\\evil.example"],
  ...["\\\\evil.example", "/\t/evil.example", "/\n/evil.example", "\t//evil.example", " //evil.example", "/ /evil"],
  ...["javascript:alert(1)", "data:text/html,x", "/\u0000/evil.example", "/\u2028/evil.example", "evil.example", ""],
  ...["/.//evil.example", "/..//evil.example", "/x/..//evil.example", "/%2e//evil.example", "/./\\evil.example"],
  ...["/api/v1/stores", "/store/8/trigger_report/", "/x/../store/8/trigger_report/", "/sign-in?to=/", "/setup?token=x"],
  ...["/api", "/metrics", "@evil.example", "?to=//evil.example", "#//evil.example"],
  ...[undefined, null, 7, ["/reports", "/reports"], { toString: () => "/reports" }],
])("leads only to the first page by %j", (asked) => {
  expect(returnAddress(asked)).toBe("/");
});

it("stays on the site for any input", () => {
  const hostile = fc.stringMatching(/^[/\\.:@?#%a-e0-9 \t-]{0,20}$/);
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.webUrl(), hostile), (asked) => {
      const to = new URL(returnAddress(asked), "https://monitor.example");
      expect(to.origin).toBe("https://monitor.example");
      expect(to.pathname).not.toMatch(/^\/(\/|api\/|store\/)/);
    }),
    { numRuns: 500 },
  );
});
