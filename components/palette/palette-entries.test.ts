import { describe, expect, it } from "vitest";
import type { SessionInfo } from "@/lib/contract/access";
import { matchingPages, palettePages } from "./palette-entries";

const operator: SessionInfo = {
  access: "person",
  person: { id: 1, name: "Ada", email: "ada@example.com", role: "operator" },
  scopes: ["stores:read", "admin"],
  whole_fleet: true,
};
const owner: SessionInfo = { ...operator, scopes: ["stores:read"], whole_fleet: false };
const places = [{ href: "/", sections: [], label: "Stores" }] as const;

function hrefs(session: SessionInfo | null): readonly string[] {
  return palettePages(places, session).map(({ href }) => href);
}

describe("the pages of the palette", () => {
  it("are those that the viewer may open", () => {
    expect(hrefs(operator)).toEqual(expect.arrayContaining(["/", "/webhooks", "/wallboard", "/account"]));
    for (const href of ["/people", "/webhooks", "/audit", "/wallboard"]) expect(hrefs(owner)).not.toContain(href);
    expect(hrefs(owner)).toContain("/account");
    expect(hrefs(null)).not.toContain("/account");
  });

  it("are found by words of their label and by other words for them", () => {
    const pages = palettePages(places, operator);
    expect(matchingPages(pages, "log audit").map(({ href }) => href)).toEqual(["/audit"]);
    expect(matchingPages(pages, "invite").map(({ href }) => href)).toEqual(["/people"]);
    expect(matchingPages(pages, "")).toHaveLength(pages.length);
    expect(matchingPages(pages, "nothing like it")).toEqual([]);
  });
});
