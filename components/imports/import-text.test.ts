import { describe, expect, it } from "vitest";
import type { Import } from "@/lib/contract/imports";
import { formatBytes } from "@/lib/format/bytes";
import { countEntries, importErrorText, importProgressText, importRatio, sentText } from "./import-text";

function importAt(progress: Partial<Import["progress"]>): Import {
  return {
    id: 1,
    kind: "polls",
    state: "running",
    file_name: null,
    dry_run: false,
    on_error: "keep",
    valid_from: null,
    progress: { phase: "reading", rows: 1_200_000, bytes_read: 5e7, bytes_total: 2e8, seconds_left: 20, ...progress },
    counts: null,
    warnings: [],
    error: null,
    sha256: null,
    attempts: 1,
    can_undo: false,
    stores_changed: null,
    undone: null,
    created_at: "2023-01-25T18:00:00.000Z",
    started_at: null,
    finished_at: null,
    links: { self: "/api/v1/imports/1", rejects: "/api/v1/imports/1/rejects.csv" },
  };
}

describe("progress", () => {
  it("says rows, bytes and the time left while a file is read", () => {
    expect(importRatio(importAt({}))).toBe(0.25);
    expect(importProgressText(importAt({}))).toBe("1,200,000 rows read (50.0 MB of 200.0 MB), about 20 s left");
  });

  it("claims no share where none is known", () => {
    expect(importRatio(importAt({ phase: "storing" }))).toBeNull();
    expect(importRatio(importAt({ phase: "reading", bytes_read: 0, bytes_total: 0 }))).toBeNull();
    expect(importProgressText(importAt({ phase: "storing", seconds_left: null }))).toBe("Storing 1,200,000 rows");
  });
});

it("leaves out what did not occur, but never the rejects", () => {
  const counts = { rows: 12, accepted: 10, duplicate: 2, conflicting: 0, rejected: 0, blank: 0, discarded: 0 };
  expect(countEntries(counts).map(({ word, count }) => `${word} ${count}`)).toEqual([
    "Rows 12",
    "Accepted 10",
    "Duplicate 2",
    "Rejected 0",
  ]);
});

it("says sizes in the largest unit", () => {
  expect([0, 999, 1500, 2_340_000, 1.5e9].map(formatBytes)).toEqual(["0 B", "999 B", "1.5 kB", "2.3 MB", "1.50 GB"]);
});

it("tells how long the rest of an upload takes, once that can be said", () => {
  const sent = (share: number, passedMs: number) => sentText(4_000_000, { share, passedMs });
  expect(sent(0.25, 10_000)).toBe("1.0 MB of 4.0 MB uploaded, about 30 s left");
  expect(sent(0.25, 500)).toBe("1.0 MB of 4.0 MB uploaded");
  expect(sent(0, 60_000)).toBe("0 B of 4.0 MB uploaded");
  expect(sent(1, 60_000)).toBe("4.0 MB of 4.0 MB uploaded");
});

it.each([
  [
    { code: "unclosed_quote", detail: "The quote that opens on line 7 is never closed.", line: 7 },
    "Line 7: unclosed quote. Fix it and upload again. Nothing was imported.",
  ],
  [
    { code: "corrupt_gzip", detail: "The gzip file is damaged." },
    "The upload is incomplete or corrupt. Export it again. Nothing was imported.",
  ],
  [
    { code: "nul_byte", detail: "There is a NUL byte.", line: 3 },
    "Line 3: There is a NUL byte. Fix it and upload again. Nothing was imported.",
  ],
])("says why a file was not imported and what to do: %o", (error, text) => {
  expect(importErrorText(error)).toBe(text);
});
