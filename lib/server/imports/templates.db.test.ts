import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { testDb } from "@/db/testing/test-db";
import { importKindNames } from "@/lib/contract/enums";
import { templates } from "@/lib/contract/templates";
import { clear, importText } from "./test-support/import-text";

const database = testDb();
beforeEach(() => clear(database()));

it.each(importKindNames)("the template for %s is imported without a reject or a warning", async (kind) => {
  const text = readFileSync(join("public", templates[kind]), "utf8");
  const result = await importText(database(), kind, text);
  expect(result).toMatchObject({ outcome: "complete", counts: { rejected: 0 }, warnings: [] });
  expect(result.counts.accepted).toBe(text.trim().split("\n").length - 1);
});
