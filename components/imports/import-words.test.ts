import { describe, expect, it } from "vitest";
import type { Import } from "@/lib/contract/imports";
import { bytesWords, countEntries, guessKind, importProgressWords, importRatio } from "./import-words";

describe("guessKind", () => {
  it.each([
    ["timezones.csv", "timezones"],
    ["store_timezone.csv", "timezones"],
    ["menu_hours.csv", "hours"],
    ["store_business_hours.csv.gz", "hours"],
    ["store status.csv", "polls"],
    ["Polls-2023.csv", "polls"],
    ["stores.csv", "stores"],
    ["hours_exceptions.csv", "exceptions"],
    ["data.csv", null],
  ])("takes %s for %s", (name, kind) => {
    expect(guessKind(name)).toBe(kind);
  });
});

function importAt(progress: Partial<Import["progress"]>): Import {
  return {
    id: 1,
    kind: "polls",
    state: "running",
    file_name: null,
    dry_run: false,
    on_error: "keep",
    progress: { phase: "reading", rows: 1_200_000, bytes_read: 5e7, bytes_total: 2e8, seconds_left: 20, ...progress },
    counts: null,
    warnings: [],
    error: null,
    sha256: null,
    attempts: 1,
    can_undo: false,
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
    expect(importProgressWords(importAt({}))).toBe("1,200,000 rows read (50.0 MB of 200.0 MB), about 20 s left");
  });

  it("claims no share where none is known", () => {
    expect(importRatio(importAt({ phase: "storing" }))).toBeNull();
    expect(importRatio(importAt({ phase: "reading", bytes_read: 0, bytes_total: 0 }))).toBeNull();
    expect(importProgressWords(importAt({ phase: "storing", seconds_left: null }))).toBe("Storing 1,200,000 rows");
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
  expect([0, 999, 1500, 2_340_000, 1.5e9].map(bytesWords)).toEqual(["0 B", "999 B", "1.5 kB", "2.3 MB", "1.50 GB"]);
});
