import { describe, expect, it } from "vitest";
import type { ServiceStatus } from "@/lib/contract/status";
import { statusText } from "./status-text";

const now = Date.parse("2023-01-25T18:00:00Z");
const well: ServiceStatus = {
  newest_poll_at: "2023-01-25T17:55:00.000Z",
  newest_future_poll_at: null,
  worker: "running",
  worker_seen_at: "2023-01-25T17:59:58.000Z",
  tz_release: "2026f",
  tz_released_on: "2026-10-27",
  tz_source: "shipped",
  tz_worker_releases: ["2026f"],
  tz_warnings: [],
  disk: "ok",
};
const words = (change: Partial<ServiceStatus>, pathname = "/reports", failed = false) => {
  return statusText({ status: { ...well, ...change }, failed, now, pathname });
};

describe("the status strip", () => {
  it("says nothing while all is well, nor before it knows", () => {
    expect(words({})).toEqual([]);
    expect(words({ newest_poll_at: null })).toEqual([]);
    expect(words({ tz_warnings: ["The time zone rules are from 2025-12-10."] })).toEqual([
      "The time zone rules are from 2025-12-10.",
    ]);
    expect(statusText({ status: null, failed: false, now: 0, pathname: "/" })).toEqual([]);
  });

  it("says that nobody computes, and since when", () => {
    const [text = "", ...more] = words({ worker: "away", worker_seen_at: "2023-01-25T17:48:00.000Z" }, "/");
    expect(more).toEqual([]);
    expect(text).toMatch(/^No worker is running.*12 min ago\.$/);
    expect(words({ worker: "away", worker_seen_at: null })[0]).toMatch(/on hold\.$/);
  });

  it("says that data is old where the page does not say it itself, from two hours on", () => {
    const old = { newest_poll_at: "2023-01-25T15:59:59.000Z" };
    expect(words(old)).toEqual([expect.stringContaining("No checks have arrived for 2 h")]);
    expect(words(old, "/")).toEqual([]);
    expect(words(old, "/stores/74")).toEqual([]);
    expect(words({ newest_poll_at: "2023-01-25T16:00:01.000Z" })).toEqual([]);
  });

  it("says that checks are dated in the future, and how far", () => {
    const [text = "", ...more] = words({ newest_future_poll_at: "2023-01-26T17:00:00.000Z" }, "/");
    expect(more).toEqual([]);
    expect(text).toMatch(/up to 23 h.* in the future/);
  });

  it("says that the disk is nearly full", () => {
    expect(words({ disk: "low" })).toEqual([expect.stringContaining("nearly full")]);
  });

  it("says first of all that there is no answer", () => {
    expect(words({ worker: "away" }, "/", true)).toEqual([expect.stringContaining("Can’t reach the server")]);
  });
});
