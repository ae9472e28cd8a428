import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { importKindNames } from "@/lib/contract/enums";
import { templates } from "@/lib/contract/templates";
import { columnText } from "./column-text";

it.each(importKindNames)("explains every column of the template for %s", (kind) => {
  const [header = ""] = readFileSync(join(process.cwd(), "public", templates[kind]), "utf8").split(/\r?\n/);
  const explained = columnText[kind].map(({ name }) => name);
  expect(explained).toEqual(header.split(","));
});
