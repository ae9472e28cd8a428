import { beforeAll, describe, expect, it } from "vitest";
import { until } from "@/db/testing/holders";
import { FleetSchema } from "@/lib/contract/fleet";
import { PollBatchResultSchema } from "@/lib/contract/polls";
import { ReportLineSchema, ReportSchema } from "@/lib/contract/reports";
import { StoreDetailSchema, StoreListSchema } from "@/lib/contract/stores";
import { filesBy } from "./test-support/files";
import { bodyOf, json, outcome } from "./test-support/http";
import { ownApp } from "./test-support/own-app";

const { app, ask } = ownApp({ SNAPSHOT_INTERVAL_SECONDS: "0" });
const { send, rejectsOf } = filesBy(ask);

beforeAll(async () => {
  await app().startWorker();
});

/** The text of a page, from its HTML. */
async function wordsOf(path: string): Promise<string> {
  const { status, text } = await ask(path, { headers: { accept: "text/html" } });
  expect([path, status]).toEqual([path, 200]);
  const [, main = ""] = /<main[^>]*>([\s\S]*?)<\/main>/.exec(text) ?? [];
  return main
    .replace(/<[^>]+>/g, " ")
    .replaceAll("&#x27;", "'")
    .replace(/\s+/g, " ");
}

const fleet = async () => bodyOf(await ask("/api/v1/fleet"), FleetSchema);

/** Requests a report of the fleet, and returns its rows. */
async function fleetReport() {
  const { links } = bodyOf(await ask("/api/v1/reports", json({ scope: "fleet" })), ReportSchema);
  expect(bodyOf(await ask(`${links.self}?wait=30`), ReportSchema).state).toBe("complete");
  const csv = (await ask(links.csv)).text.split("\r\n").slice(1, -1);
  const lines = (await ask(links.ndjson)).text.split("\n").filter(Boolean);
  return { csv, lines: lines.map((line) => ReportLineSchema.parse(JSON.parse(line))) };
}

// One after another: each starts from what the one before has left.
describe("I10 a database", () => {
  it("without a store has pages that say so and link onwards", async () => {
    for (const path of ["/", "/data-quality"]) {
      const words = await wordsOf(path);
      expect(words).toContain("No stores yet");
      expect(words).toContain("Upload files");
    }
    expect(await wordsOf("/reports")).toContain("No reports yet");
    expect(await wordsOf("/imports")).toContain("No imports yet");
    for (const path of ["/docs", "/method"]) expect(await wordsOf(path)).not.toBe("");
  });

  it("without a store has an API that responds with empty results and no server error", async () => {
    expect(await fleet()).toMatchObject({ snapshot: "none", stores: 0, as_of: null, windows: null });
    expect(bodyOf(await ask("/api/v1/stores"), StoreListSchema)).toMatchObject({
      stores: [],
      matching: 0,
      as_of: null,
    });
    expect(outcome(await ask("/api/v1/stores.csv"))).toBe("409 no_snapshot");
    expect(outcome(await ask("/api/v1/stores/none"))).toBe("404 store_not_found");
    expect(outcome(await ask("/store/none/trigger_report/"))).toBe("404 store_not_found");
    expect(await fleetReport()).toEqual({ csv: [], lines: [] });
  });

  it("without a poll says that nothing is known of its stores, not that they were down", async () => {
    expect((await send("timezones", "store_id,timezone_str\nunpolled,America/Denver\n")).outcome).toBe("complete");
    await until(async () => (await fleet()).stores === 1);
    expect(await fleet()).toMatchObject({ newest_poll_at: null, counts: { online: 0, offline: 0 } });
    expect(await wordsOf("/")).toContain("No checks yet.");
    expect(await wordsOf("/stores/unpolled")).toContain("No checks for this store yet");
    const { csv, lines } = await fleetReport();
    expect(csv).toHaveLength(1);
    expect(lines).toMatchObject([{ store_id: "unpolled", week: { up_ms: 0, down_ms: 0, uptime_ratio: null } }]);
  });

  it("of polls in the future only keeps none of them, and stays without one", async () => {
    const polls = [6, 60, 1e6].map((minutes) => {
      return { store_id: "future", at: new Date(Date.now() + minutes * 60_000).toISOString(), status: "active" };
    });
    const { accepted, rejected } = bodyOf(await ask("/api/v1/polls", json({ polls })), PollBatchResultSchema);
    expect([accepted, rejected.map(({ code }) => code)]).toEqual([0, Array(3).fill("timestamp_in_future")]);
    const rows = polls.map(({ store_id: id, at, status }) => `${id},${status},${at}\n`);
    const file = await send("polls", `store_id,status,timestamp_utc\n${rows.join("")}`);
    expect(file).toMatchObject({ outcome: "complete_with_rejects", import: { counts: { accepted: 0, rejected: 3 } } });
    expect(outcome(await ask("/api/v1/stores/future"))).toBe("404 store_not_found");
    expect((await fleet()).newest_poll_at).toBeNull();
  });

  it("of inactive polls only says that every store is offline, and to check what polls them", async () => {
    const at = new Date(Date.now() - 60_000).toISOString();
    const stores = ["a", "b", "c", "d", "e", "f"];
    const polls = stores.map((store_id) => ({ store_id, at, status: "inactive" }));
    expect(bodyOf(await ask("/api/v1/polls", json({ polls })), PollBatchResultSchema).accepted).toBe(6);
    await until(async () => (await fleet()).counts.offline === 6);
    expect(await fleet()).toMatchObject({ stores: 7, newest_poll_at: at, counts: { online: 0, no_recent_check: 1 } });
    expect(await wordsOf("/")).toContain("Every open store is offline.");
    expect(bodyOf(await ask("/api/v1/stores/a"), StoreDetailSchema).state).toBe("offline");
    const { lines } = await fleetReport();
    expect(lines.filter((line) => line.method === "interpolated" && line.week.up_ms > 0)).toEqual([]);
  });
});

describe("the as-of instant", () => {
  const newest = async () => (await fleet()).newest_poll_at;
  const inMinutes = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();
  const codesOf = async (at: string, way: "live" | "file"): Promise<readonly string[]> => {
    const store = "as-of";
    if (way === "live") {
      const sent = await ask("/api/v1/polls", json({ polls: [{ store_id: store, at, status: "active" }] }));
      return bodyOf(sent, PollBatchResultSchema).rejected.map(({ code }) => code);
    }
    const sent = await send("polls", `store_id,status,timestamp_utc\n${store},active,${at}\n`);
    return (await rejectsOf(sent)).map(({ code }) => code);
  };

  it.each(["live", "file"] as const)("D13 is not moved by the past (%s), which goes back to 2000", async (way) => {
    const before = await newest();
    expect(await codesOf("1999-12-31T23:59:59.999Z", way)).toEqual(["timestamp_out_of_range"]);
    expect(await codesOf("2000-01-01T00:00:00.000Z", way)).toEqual([]);
    expect(await newest()).toBe(before);
  });

  it.each(["live", "file"] as const)("D14 moves at most five minutes ahead of the clock (%s)", async (way) => {
    const near = inMinutes(way === "live" ? 3 : 4);
    expect(await codesOf(near, way)).toEqual([]);
    await until(async () => (await newest()) === near);
    for (const at of [inMinutes(6), inMinutes(600), "2099-01-01T00:00:00Z"]) {
      expect(await codesOf(at, way)).toEqual(["timestamp_in_future"]);
    }
    expect(await newest()).toBe(near);
  });
});
