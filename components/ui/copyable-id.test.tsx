import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { CopyableId } from "./copyable-id";

it("has the whole id, though it is cut off, and a button that says what it copies", () => {
  const id = "8419537941919820732";
  const html = renderToStaticMarkup(<CopyableId id={id} of="store ID" />);
  expect(html).toContain(`title="${id}"`);
  expect(html).toMatch(/<button[^>]*>.*Copy store ID/);
});
