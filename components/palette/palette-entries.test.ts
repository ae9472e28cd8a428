import { describe, expect, it } from "vitest";
import type { SessionInfo } from "@/lib/contract/access";
import { matchingPages, palettePages, paletteStatus, storeEntries } from "./palette-entries";

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

it("offers stores by their name with the id below, or by their id", () => {
  const stores = [
    { store_id: "74", name: "Main Street" },
    { store_id: "75", name: null },
  ];
  expect(storeEntries(stores)).toEqual([
    { href: "/stores/74", label: "Main Street", note: "74" },
    { href: "/stores/75", label: "75" },
  ]);
});

it("says that nothing matches only once that is known", () => {
  expect(paletteStatus(0, { isPending: true, error: null })).toBe("Searching…");
  expect(paletteStatus(0, { isPending: false, error: new Error("Can’t reach the server.") })).toBe(
    "Couldn’t search stores. Can’t reach the server.",
  );
  expect(paletteStatus(0, { isPending: false, error: null })).toBe("Nothing matches.");
  expect(paletteStatus(3, { isPending: false, error: null })).toBe("");
});
