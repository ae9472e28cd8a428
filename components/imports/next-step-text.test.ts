import { describe, expect, it } from "vitest";
import { importKindNames } from "@/lib/contract/enums";
import type { Import } from "@/lib/contract/imports";
import { nextStepText } from "./next-step-text";
import { undoEffectText, undoText, undoneText } from "./undo-text";

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
  stores_changed: null,
  undone: null,
  created_at: "2026-01-28T20:00:00.000Z",
  started_at: null,
  finished_at: null,
  links: { self: "", rejects: "" },
};

describe("after an import", () => {
  it.each(importKindNames)("of %s there is a next step, and what its undo does", (kind) => {
    expect(nextStepText({ ...complete, kind })).toMatch(/\w/);
    expect(undoText({ ...complete, kind })).toBeNull();
    expect(undoEffectText({ ...complete, kind, stores_changed: 12 })).toContain("Stores it created are kept.");
  });

  it("its undo says what comes back", () => {
    const hours = { ...complete, kind: "hours", stores_changed: 2 } as const;
    expect(undoEffectText(hours)).toMatch(/^Restores the business hours that 2 stores had before\./);
    expect(undoEffectText(complete)).toMatch(/^Removes the 1 check it added/);
    const undone = { at: "2026-01-28T20:00:00.000Z", polls_removed: 0, polls_restored: 0, stores_restored: 2 };
    expect(undoneText({ ...hours, undone })).toBe("business hours of 2 stores restored");
    expect(undoneText({ ...complete, undone: { ...undone, polls_removed: 7 } })).toBe(
      "7 checks removed, 0 set back to active",
    );
    expect(undoneText(hours)).toBeNull();
  });

  it("there is a word why it cannot be undone", () => {
    const text = (change: Partial<Import>) => undoText({ ...complete, kind: "hours", can_undo: false, ...change });
    expect(text({ stores_changed: 0 })).toBe("It changed nothing, so there is nothing to undo.");
    expect(text({ stores_changed: null })).toContain("an earlier version did not record what it replaced");
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
