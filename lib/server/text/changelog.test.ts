import { expect, it } from "vitest";
import { parseChangelog, partsOfLine, readChangelog } from "./changelog";

const text = `# Changelog

All notable changes.

## Unreleased

### Added

- One thing, which
  goes on.
- \`Another\` thing.

### Fixed

- A fault.

## 0.1.0

### Added

- Everything.
`;

it("reads releases, kinds of change and changes that go on in the next line", () => {
  expect(parseChangelog(text)).toEqual([
    {
      title: "Unreleased",
      groups: [
        { title: "Added", items: ["One thing, which goes on.", "`Another` thing."] },
        { title: "Fixed", items: ["A fault."] },
      ],
    },
    { title: "0.1.0", groups: [{ title: "Added", items: ["Everything."] }] },
  ]);
});

it("keeps code apart from text, and the text of links", () => {
  expect(partsOfLine("**Bold** `code` and [a link](docs/x.md).")).toEqual([
    { text: "Bold ", isCode: false },
    { text: "code", isCode: true },
    { text: " and a link.", isCode: false },
  ]);
});

it("reads the changelog of this product", async () => {
  const [newest] = await readChangelog();
  expect(newest?.groups.length).toBeGreaterThan(0);
  for (const { items } of newest?.groups ?? []) expect(items.length).toBeGreaterThan(0);
});
