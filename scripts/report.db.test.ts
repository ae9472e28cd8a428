import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { queueReport } from "@/db/queries/bulk/queue-report";
import { bundleScript } from "@/db/testing/bundle-script";
import { testDb } from "@/db/testing/test-db";
import { openViewer } from "@/lib/server/access/viewer";
import { streamReport, type DownloadFormat } from "@/lib/server/reports/report-stream";
import type { Method } from "@/lib/uptime/types";
import { zoneRules } from "@/lib/uptime/zone-rules";
import { computeNextReport } from "@/lib/server/reports/test-support/compute-next-report";

const database = testDb();
const newest = "2023-01-25T18:13:22.479Z";
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "report-test-"));
  const { sql } = database();
  await sql`create table polls_all partition of polls default`;
  await sql`insert into stores (store_id) values ('b'), ('-a'), ('never-polled')`;
  await sql`
    insert into polls (store_key, at, active)
    select store, ${newest}::timestamptz - make_interval(hours => hour), (store + hour) % 4 <> 0
    from generate_series(1, 2) as store, generate_series(0, 200) as hour`;
  await sql`update fleet_state set newest_poll_at = ${newest}, data_version = 1`;
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

function report(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [bundleScript("scripts/report.ts"), ...args], {
    env: { NODE_ENV: "test", DATABASE_URL: database().url },
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      resolve({ code, stdout, stderr });
    });
  });
}

async function download(method: Method, format: DownloadFormat): Promise<string> {
  const asOf = Date.parse(newest);
  const id = await queueReport(database(), {
    scope: "fleet",
    storeKeys: null,
    method,
    asOf,
    dedupeKey: `${method} ${format}`,
  });
  if ((await computeNextReport(database())) !== id) throw new Error("Another report was claimed.");
  return new Response(
    streamReport(
      database(),
      openViewer,
      { id, method, asOf: newest, stores: 3, tzRelease: zoneRules().release },
      format,
    ),
  ).text();
}

describe("the command that prints a report", () => {
  it("prints the bytes of the download and nothing else", async () => {
    expect(await report()).toEqual({ code: 0, stdout: await download("interpolated", "csv"), stderr: "" });
    const lines = await report("--format", "ndjson", "--method", "poll_count");
    expect(lines).toEqual({ code: 0, stdout: await download("poll_count", "ndjson"), stderr: "" });
  });

  it("prints one store as of an instant, in one JSON document", async () => {
    const { code, stdout } = await report("--store", "b", "--as-of", "2023-01-24T00:00:00Z", "--format", "json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      method: "interpolated",
      as_of: "2023-01-24T00:00:00.000Z",
      stores: [{ store_id: "b", as_of: "2023-01-24T00:00:00.000Z" }],
    });
  });

  it("replaces an existing file atomically", async () => {
    const out = join(folder, "report.csv");
    await writeFile(out, "yesterday's");
    expect(await report("--out", out)).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(await readFile(out, "utf8")).toBe((await report()).stdout);
    expect(await readdir(folder)).toEqual(["report.csv"]);
  });

  it("exits 1 on failure and 2 on misuse, with nothing on standard output", async () => {
    const unknown = await report("--store", "nobody");
    expect(unknown).toMatchObject({ code: 1, stdout: "" });
    expect(unknown.stderr).toBe("There is no store nobody.\n");
    for (const args of [["--method", "guess"], ["--format", "xml"], ["--as-of", "now"], ["--stor", "b"], ["b"]]) {
      const misused = await report(...args);
      expect(misused).toMatchObject({ code: 2, stdout: "" });
      expect(misused.stderr).toContain("Usage: npm run --silent report");
    }
  });
});
