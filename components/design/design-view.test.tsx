import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const folder = join(import.meta.dirname, "..", "ui");
const shown = readFileSync(join(import.meta.dirname, "design-view.tsx"), "utf8");

/** Parts of the frame around every page, and what needs data or an address to show anything. */
const framed = [
  ...["async-panel", "back-link", "dialog", "instant", "nav-link", "navigation-placeholder", "not-found-view"],
  ...["page-data", "reader", "refresh-notice", "site-footer", "site-header", "small-nav", "status-strip"],
  ...["theme-switch", "time-choices", "view-toggle"],
];

it("the design page shows every component that stands on its own", () => {
  const components = readdirSync(folder)
    .filter((file) => file.endsWith(".tsx") && !file.includes(".test."))
    .map((file) => file.replace(".tsx", ""));
  const missing = components.filter((name) => !framed.includes(name) && !shown.includes(`/ui/${name}"`));
  expect(missing).toEqual([]);
  for (const name of framed) expect(components, name).toContain(name);
});
