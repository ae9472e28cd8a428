import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { DocsShell } from "./docs-shell";

it.each([
  ["", 1],
  ["errors", 1],
  [null, 0],
] as const)("marks as current, for %j, %i page", (current, count) => {
  const html = renderToStaticMarkup(<DocsShell current={current}>Content</DocsShell>);
  expect(html.split('aria-current="page"')).toHaveLength(count + 1);
});
