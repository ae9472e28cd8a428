import { describe, expect, it } from "vitest";
import type { Report } from "@/lib/contract/reports";
import {
  announcement,
  curlCommand,
  failureText,
  progressRatio,
  progressText,
  requesterText,
  scopeText,
  shownState,
} from "./report-text";

const idle = { queued_before: null, seconds_left: null };

function report(change: Partial<Report> = {}): Report {
  return {
    id: 74,
    state: "running",
    scope: "fleet",
    store_id: null,
    filter: null,
    method: "interpolated",
    as_of: "2023-01-25T18:13:00Z",
    tz_release: "2026f",
    progress: { stores_done: 120, stores_total: 200, ...idle },
    attempts: 1,
    requested_by: { account: "open", name: null },
    created_at: "2023-01-25T18:14:00Z",
    started_at: "2023-01-25T18:14:01Z",
    finished_at: null,
    failure: null,
    links: { self: "/api/v1/reports/74", csv: "/api/v1/reports/74.csv", ndjson: "/api/v1/reports/74.ndjson" },
    ...change,
  };
}

describe("a report's progress", () => {
  it("is a share of its stores, unknown until they are counted", () => {
    expect(progressRatio(report())).toBe(0.6);
    expect(progressRatio(report({ progress: { stores_done: 0, stores_total: null, ...idle } }))).toBeNull();
    expect(progressRatio(report({ progress: { stores_done: 0, stores_total: 0, ...idle } }))).toBeNull();
    expect(progressRatio(report({ state: "complete", progress: { stores_done: 0, stores_total: 0, ...idle } }))).toBe(
      1,
    );
  });

  it("is told in stores", () => {
    expect(progressText(report())).toBe("120 of 200 stores");
    expect(progressText(report({ progress: { stores_done: 0, stores_total: 1, ...idle } }))).toBe("0 of 1 store");
    expect(progressText(report({ state: "queued" }))).toBe("Next in queue");
    const left = { stores_done: 120, stores_total: 200, queued_before: null, seconds_left: 95 };
    expect(progressText(report({ progress: left }))).toBe("120 of 200 stores, about 1 min left");
  });

  it("is read aloud once a quarter", () => {
    const spoken = Array.from({ length: 201 }, (_, done) =>
      announcement(report({ progress: { stores_done: done, stores_total: 200, ...idle } })),
    );
    expect(new Set(spoken).size).toBe(5);
    expect(announcement(report())).toBe("The report is 50% done.");
  });
});

it("says what a report is of", () => {
  expect(scopeText(report())).toBe("Whole fleet");
  expect(scopeText(report({ scope: "store", store_id: "s-1" }))).toBe("Store s-1");
  expect(scopeText(report({ scope: "stores" }))).toBe("200 stores");
  const few = (total: number | null) => ({ progress: { stores_done: 0, stores_total: total, ...idle } });
  expect(scopeText(report({ scope: "stores", ...few(1) }))).toBe("1 store");
  expect(scopeText(report({ scope: "stores", ...few(null) }))).toBe("Selected stores");
  const filter = { q: "main", brand: "Taco Town", state: "offline", preset: "needs_attention" } as const;
  const text = "200 stores: “main”, brand Taco Town, offline, needs attention";
  expect(scopeText(report({ scope: "stores", filter }))).toBe(text);
  expect(scopeText(report({ scope: "stores", filter: { tag: "late" }, ...few(null) }))).toBe("Stores: tag late");
});

it("says who asked for a report: by name, by key, or that it may have been anyone", () => {
  const by = (account: string, name: string | null) => requesterText(report({ requested_by: { account, name } }));
  expect(by("person:7", "Ada Lovelace")).toBe("Ada Lovelace");
  expect(by("person:7", null)).toBe("Removed user 7");
  expect(by("key:abcd2345", null)).toBe("Key abcd2345");
  expect(by("open", null)).toBe("Anyone");
});

it("tells a report that somebody cancelled from one that failed", () => {
  const ended = (code: string) => report({ state: "failed", failure: { code, reason: "Three workers ended on it." } });
  expect([shownState(ended("cancelled")), failureText(ended("cancelled"))]).toEqual(["cancelled", null]);
  expect(announcement(ended("cancelled"))).toBe("The report was cancelled.");
  expect([shownState(ended("worker_lost")), failureText(ended("worker_lost"))]).toEqual([
    "failed",
    "Three workers ended on it.",
  ]);
});

it("gives a command with the whole address, whether the link is relative or not", () => {
  const expected = "curl -fsS -o report-74.csv 'http://127.0.0.1:8000/api/v1/reports/74.csv'";
  expect(curlCommand("http://127.0.0.1:8000", report())).toBe(expected);
  const links = { self: "", csv: "http://127.0.0.1:8000/api/v1/reports/74.csv", ndjson: "" };
  expect(curlCommand("http://elsewhere", report({ links }))).toBe(expected);
});
