import { readdirSync } from "node:fs";
import { join } from "node:path";
import { createElement, type ComponentType } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { afterEach, expect, it, vi } from "vitest";

const components = readdirSync(join(import.meta.dirname, "..", "ui"))
  .filter((file) => file.endsWith(".tsx") && !file.includes(".test."))
  .map((file) => file.replace(".tsx", ""));

/** Parts of the frame around every page, and what needs data or an address to show anything. */
const framed = [
  ...["async-panel", "back-link", "dialog", "instant", "nav-link", "navigation-placeholder", "not-found-view"],
  ...["page-data", "reader", "refresh-notice", "site-footer", "site-header", "small-nav", "status-strip"],
  ...["theme-switch", "time-choices", "view-toggle"],
];

/** Has each component of a module tell when it is rendered. */
function observed(module: Record<string, unknown>, onRender: () => void): Record<string, unknown> {
  const observe = ([name, value]: [string, unknown]) => {
    if (typeof value !== "function" || !/^[A-Z]/.test(name)) return [name, value];
    const Observed = (props: object) => {
      onRender();
      return createElement(value as ComponentType<object>, props);
    };
    return [name, Observed];
  };
  return Object.fromEntries(Object.entries(module).map(observe)) as Record<string, unknown>;
}

afterEach(() => {
  for (const name of components) vi.doUnmock(`../ui/${name}`);
  vi.resetModules();
});

it("the design page shows every component that stands on its own", async () => {
  const rendered = new Set<string>();
  vi.resetModules();
  for (const name of components) {
    vi.doMock(`../ui/${name}`, async (importOriginal) =>
      observed(await importOriginal<Record<string, unknown>>(), () => rendered.add(name)),
    );
  }
  const { DesignView } = await import("./design-view");
  renderToStaticMarkup(<DesignView />);
  expect(components.filter((name) => !framed.includes(name) && !rendered.has(name))).toEqual([]);
  for (const name of framed) expect(components, name).toContain(name);
});
