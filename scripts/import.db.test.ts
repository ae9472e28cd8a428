import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundleScript } from "@/db/testing/bundle-script";
import { testDb } from "@/db/testing/test-db";

const database = testDb();
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "import-test-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

interface Ended {
  readonly code: number | null;
  readonly summary: unknown;
  readonly stderr: string;
}

function runImport(args: readonly string[], input?: string): Promise<Ended> {
  const child = spawn(process.execPath, [bundleScript("scripts/import.ts"), ...args], {
    env: { NODE_ENV: "test", DATABASE_URL: database().url },
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      const summary: unknown = stdout === "" ? null : JSON.parse(stdout);
      resolve({ code, summary, stderr });
    });
  });
}

async function fileOf(name: string, lines: readonly string[]): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `${lines.join("\n")}\n`);
  return path;
}

const header = "store_id,status,timestamp_utc";
const poll = (store: string, hour: number): string =>
  `${store},active,2023-01-24 ${String(hour).padStart(2, "0")}:06:42.605777 UTC`;

describe("npm run import", () => {
  it("imports three files, one of them from standard input, and reports on each row", async () => {
    const hours = await fileOf("hours.csv", ["day,store_id,end_time_local,start_time_local", "0,s1,17:00:00,9:00:00"]);
    const zones = await fileOf("zones.csv", ["store_id,timezone_str", "s1,america/denver", "s2,"]);
    const polls = [
      header,
      poll("s1", 1),
      poll("s1", 1),
      poll("s1", 1).replace("active", "inactive"),
      "",
      poll("s3", 2),
    ];
    const ended = await runImport(["--polls", "-", "--hours", hours, "--timezones", zones], polls.join("\r\n"));
    expect(ended.code, ended.stderr).toBe(0);
    expect(ended.summary).toMatchObject({
      timezones: { rows: 2, accepted: 2, duplicate: 0, conflicting: 0, rejected: 0, blank: 0 },
      hours: { rows: 1, accepted: 1, duplicate: 0, conflicting: 0, rejected: 0, blank: 0 },
      polls: { rows: 5, accepted: 2, duplicate: 1, conflicting: 1, rejected: 0, blank: 1 },
    });
    const { sql } = database();
    const kept = await sql`
      select store_id, time_zone, active, (extract(epoch from at) * 1000)::float8 as ms
      from stores left join polls using (store_key) order by store_id`;
    expect([...kept]).toEqual([
      { store_id: "s1", time_zone: "America/Denver", active: false, ms: 1_674_522_402_605 },
      { store_id: "s2", time_zone: null, active: null, ms: null },
      { store_id: "s3", time_zone: null, active: true, ms: 1_674_526_002_605 },
    ]);
  });

  it("keeps the good rows while at most 5 % are bad, and lists the others", async () => {
    const good = Array.from({ length: 19 }, (_, hour) => poll("mostly-good", hour));
    const polls = await fileOf("mostly.csv", [header, ...good, "8.41953794191982E+018,active,2023-01-24 09:06:42 UTC"]);
    const rejects = join(folder, "rejects.csv");
    const ended = await runImport(["--polls", polls, "--rejects", rejects]);
    expect(ended.code).toBe(0);
    expect(ended.summary).toMatchObject({ polls: { rows: 20, accepted: 19, rejected: 1 } });
    const [, line] = (await readFile(rejects, "utf8")).split("\r\n");
    expect(line).toContain(",21,");
    expect(line).toContain("store_id,id_damaged_by_spreadsheet,");
  });

  it("keeps nothing of a file of 100 rows with more bad ones, and exits 3", async () => {
    const good = Array.from({ length: 94 }, (_, i) => poll(`half-good-${String(i)}`, i % 24));
    const bad = Array.from({ length: 6 }, () => "half-good,up,2023-01-24 09:06:42 UTC");
    const polls = await fileOf("bad.csv", [header, ...good, ...bad]);
    const ended = await runImport(["--polls", polls]);
    expect(ended.code).toBe(3);
    expect(ended.summary).toMatchObject({
      polls: { rows: 100, accepted: 0, rejected: 6, error: { code: "too_many_rejects" } },
    });
    expect(ended.stderr).toContain("bad_status");
    const { sql } = database();
    expect(await sql`select from stores where store_id like 'half-good%'`).toHaveLength(0);
  });

  it("exits 1 for a file that is unreadable or invalid, and still imports the others", async () => {
    const zones = await fileOf("more-zones.csv", ["store_id,timezone_str", "s9,Europe/London"]);
    const hours = await fileOf("pointer.csv", ["version https://git-lfs.github.com/spec/v1"]);
    const ended = await runImport(["--polls", join(folder, "nowhere.csv"), "--hours", hours, "--timezones", zones]);
    expect(ended.code).toBe(1);
    expect(ended.summary).toMatchObject({
      timezones: { accepted: 1 },
      hours: { error: { code: "git_lfs_pointer" } },
      polls: { error: {} },
    });
  });

  it.each([[[]], [["--poll", "x.csv"]], [["--polls", "-", "--hours", "-"]]])("exits 2 for %j", async (args) => {
    const ended = await runImport(args);
    expect(ended.code).toBe(2);
    expect(ended.summary).toBeNull();
    expect(ended.stderr).not.toBe("");
  });
});
