import { describe, expect, it } from "vitest";
import { addView, obstacleTo, parseViews, type SavedView } from "./saved-views";

const view = (name: string, href: SavedView["href"] = "/?state=offline"): SavedView => ({ name, href });

describe("saved views", () => {
  it("are read back as they were stored", () => {
    const views = [view("Offline"), view("North", "/?group=North&sort=name&size=100")];
    expect(parseViews(JSON.stringify(views))).toEqual(views);
  });

  it.each([null, "", "nonsense", "{}", "[1, null, {}]", '[{"name":1,"href":2}]'])("are none in %j", (text) => {
    expect(parseViews(text)).toEqual([]);
  });

  it("lead nowhere but to the list of stores, at its first page, with values that are known", () => {
    const stored = [
      view("Elsewhere", "https://example.com/" as SavedView["href"]),
      view("Old", "/?state=gone&sort=luck&q=x&page=3&cursor=c"),
    ];
    expect(parseViews(JSON.stringify(stored)).map(({ href }) => href)).toEqual(["/", "/?q=x"]);
  });

  it("have one of each name", () => {
    expect(addView([view("A"), view("B")], view(" A ", "/"))).toEqual([view("B"), view("A", "/")]);
    expect(addView([view("A")], view("  "))).toEqual([view("A")]);
  });

  it("are neither replaced nor more than 20 without a word", () => {
    const many = Array.from({ length: 20 }, (_, at) => view(String(at)));
    expect(obstacleTo(many.slice(1), "new")).toBeNull();
    expect(obstacleTo(many, "new")).toBe("full");
    expect(obstacleTo(many, " 7 ")).toBe("exists");
  });
});
