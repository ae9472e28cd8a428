import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import type { Report } from "@/lib/contract/reports";
import { ReportDownloads } from "./report-downloads";
import { ReportProgress } from "./report-progress";

function report(change: Partial<Report>): Report {
  return {
    id: 74,
    state: "running",
    scope: "fleet",
    store_id: null,
    method: "interpolated",
    as_of: "2023-01-25T18:13:00Z",
    tz_release: "2026f",
    progress: { stores_done: 50, stores_total: 200, queued_before: null, seconds_left: 42 },
    attempts: 1,
    filter: null,
    requested_by: { account: "open", name: null },
    created_at: "2023-01-25T18:14:00Z",
    started_at: null,
    finished_at: null,
    failure: null,
    links: { self: "/api/v1/reports/74", csv: "/api/v1/reports/74.csv", ndjson: "/api/v1/reports/74.ndjson" },
    ...change,
  };
}

function shown(change: Partial<Report>): string {
  return renderToStaticMarkup(<ReportProgress report={report(change)} />);
}

describe("ReportProgress", () => {
  it("shows a running report's share to eyes and to screen readers", () => {
    const html = shown({});
    expect(html).toContain('role="progressbar"');
    expect(html).toContain('aria-valuenow="25"');
    expect(html).toContain('aria-valuetext="50 of 200 stores, about 42 s left"');
    expect(html).toContain('role="status"');
  });

  it("gives no number while there is none to give", () => {
    const html = shown({ progress: { stores_done: 0, stores_total: null, queued_before: null, seconds_left: null } });
    expect(html).toContain('role="progressbar"');
    expect(html).not.toContain("aria-valuenow");
  });

  it("says that a queued report waits", () => {
    const queued = (before: number) =>
      shown({
        state: "queued",
        progress: { stores_done: 0, stores_total: null, queued_before: before, seconds_left: null },
      });
    expect(queued(0)).toContain("Next in queue");
    expect(queued(1)).toContain("Queued, 1 report ahead");
    expect(queued(12)).toContain("Queued, 12 reports ahead");
  });

  it("says why a report failed, and shows no bar", () => {
    const html = shown({ state: "failed", failure: { code: "internal", reason: "Three workers ended on it." } });
    expect(html).toContain("Three workers ended on it.");
    expect(html).not.toContain("progressbar");
  });
});

describe("ReportDownloads", () => {
  it("offers files only once they are there", () => {
    expect(renderToStaticMarkup(<ReportDownloads report={report({})} />)).toBe("");
    const html = renderToStaticMarkup(<ReportDownloads report={report({ state: "complete" })} />);
    expect(html).toContain('href="/api/v1/reports/74.csv"');
    expect(html).toContain('href="/api/v1/reports/74.ndjson"');
  });
});
