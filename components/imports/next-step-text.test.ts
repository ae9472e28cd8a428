import { describe, expect, it } from "vitest";
import { importKindNames } from "@/lib/contract/enums";
import type { Import } from "@/lib/contract/imports";
import { nextStepText, undoText } from "./next-step-text";

const complete: Import = {
  id: 1,
  kind: "polls",
  state: "complete",
  file_name: null,
  dry_run: false,
  on_error: "keep",
  progress: { phase: "ended", rows: 1, bytes_read: 1, bytes_total: 1, seconds_left: null },
  counts: { rows: 1, accepted: 1, duplicate: 0, conflicting: 0, rejected: 0, blank: 0, discarded: 0 },
  warnings: [],
  error: null,
  sha256: null,
  valid_from: null,
  attempts: 1,
  can_undo: true,
  undone: null,
  created_at: "2026-01-28T20:00:00.000Z",
  started_at: null,
  finished_at: null,
  links: { self: "", rejects: "" },
};

describe("after an import", () => {
  it.each(importKindNames)("of %s there is a next step, and an undo or a word why not", (kind) => {
    const value = { ...complete, kind, can_undo: kind === "polls" };
    expect(nextStepText(value)).toMatch(/\w/);
    expect(undoText(value) === null).toBe(value.can_undo);
  });

  it("of hours, earlier hours are not called lost: they apply to earlier days", () => {
    const text = (change: Partial<Import>) => undoText({ ...complete, ...change, can_undo: false });
    expect(text({ kind: "hours" })).toContain("Earlier hours still apply to earlier days.");
    expect(text({ kind: "hours", valid_from: "2026-01-28" })).toContain("Earlier hours still apply");
    expect(text({ kind: "hours", valid_from: "beginning" })).toContain("The replaced hours are not kept.");
    expect(text({ kind: "timezones" })).toContain("The replaced time zones are not kept.");
  });

  it("that was a dry run, the file is to be uploaded again, fixed where it has to be", () => {
    const dry = { ...complete, dry_run: true, can_undo: false };
    expect(nextStepText(dry)).toMatch(/^Every row is valid/);
    const { counts } = complete;
    expect(nextStepText({ ...dry, counts: counts && { ...counts, rejected: 2 } })).toMatch(/^Fix the rejected rows/);
    expect(undoText(dry)).toBeNull();
  });

  it.each(["running", "failed", "cancelled", "undone"] as const)("that is %s there is neither", (state) => {
    const value = { ...complete, state, can_undo: false };
    expect([nextStepText(value), undoText(value)]).toEqual([null, null]);
  });
});
