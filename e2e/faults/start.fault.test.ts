import { chmodSync, chownSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isAlive } from "@/db/is-alive";
import { run } from "@/db/bundled/run";
import { canTraverse, chooseRunAs } from "@/db/bundled/run-as";
import { hold, makeDataDir, postmasterOf, query, removeDataDir, supervisorOf, until } from "@/db/testing/holders";
import { send } from "./harness/client";
import { recordFigure, secondsSince } from "./harness/figures";
import { type CommandOptions, type Replica, Replicas } from "./harness/replicas";

const replicas = new Replicas();
/** The guarantee is 5 s; a busy machine may take longer. */
const exitMs = 5_000 * 5;
const startMs = 90_000;

let dataDir: string;

beforeEach(() => {
  dataDir = makeDataDir();
});
afterEach(async () => {
  await replicas.killAll();
  await removeDataDir(dataDir);
});

const npmStart = ({ env, ...options }: CommandOptions = {}): Replica =>
  replicas.command("scripts/start.ts", { ...options, env: { DATA_DIR: dataDir, ...env } });

/** The address, once everything runs. */
async function addressOf(replica: Replica): Promise<string> {
  const printed = () => (/get_report/.test(replica.said()) ? /^ {2}(http:\S+)$/m.exec(replica.said())?.[1] : undefined);
  await until(() => printed() !== undefined || !replica.isRunning(), startMs);
  const address = printed();
  if (address === undefined) throw new Error(`It did not start:\n${replica.said()}`);
  return address;
}

/** Waits until neither supervisor nor server of the folder is alive. */
async function untilNothingRuns(): Promise<void> {
  const [supervisor, server] = [supervisorOf(dataDir), postmasterOf(dataDir)];
  await until(() => [supervisor, server].every((pid) => pid === undefined || pid === 0 || !isAlive(pid)));
}

/** Runs a start that must fail with an explanation. @returns its output, and its duration in seconds */
async function refused(options: CommandOptions = {}): Promise<{ readonly said: string; readonly took: string }> {
  const startedMs = performance.now();
  const replica = npmStart(options);
  await until(() => !replica.isRunning(), exitMs);
  const took = secondsSince(startedMs);
  expect(await replica.exit).toEqual({ code: 1, signal: null });
  expect(replica.said()).not.toMatch(/^\s+at /m);
  return { said: replica.said(), took };
}

it("F7, F11: everything except the database is killed, and then the server by a fault of its own; it serves again", async () => {
  const body = { polls: [{ store_id: "kept", at: "2023-01-25T12:00:00Z", status: "active" }] };
  const first = npmStart();
  const acknowledged = await send(`${await addressOf(first)}/api/v1/polls`, { body });
  expect(acknowledged.status).toBe(200);
  const server = postmasterOf(dataDir) ?? 0;
  process.kill(supervisorOf(dataDir), "SIGKILL");
  await first.kill();
  expect(isAlive(server)).toBe(true);
  const startedMs = performance.now();
  const second = npmStart({ env: { FAULT_POINTS: "polls.merged:uncaught:2" } });
  const origin = await addressOf(second);
  const took = secondsSince(startedMs);
  expect(postmasterOf(dataDir)).toBe(server);
  const again = await send(`${origin}/api/v1/polls`, { body });
  expect([again.status, again.text]).toEqual([200, expect.stringContaining('"duplicate":1')]);
  recordFigure(
    "F7",
    `killed with its supervisor, the database an orphan: adopted, all serving ${took} s after the next start`,
  );

  const diedMs = performance.now();
  await send(`${origin}/api/v1/polls`, { body });
  await until(() => second.said().includes("the process cannot continue"));
  await until(async () => (await send(`${origin}/api/v1/polls`, { body })).status === 200);
  recordFigure(
    "F11",
    `a server that an error ended was started again, at the same address, within ${secondsSince(diedMs)} s`,
  );
  second.signal("SIGTERM");
  expect(await second.exit).toEqual({ code: 0, signal: null });
  await untilNothingRuns();
});

describe("F8: npm start fails with cause and remedy, and leaves nothing running", () => {
  it("a folder in use", async () => {
    const first = await hold(dataDir, "start");
    const { said, took } = await refused();
    expect(said).toContain(`(process ${first.child.pid})`);
    expect(await query(first.url, "select 1 as one")).toEqual([{ one: 1 }]);
    recordFigure("F8", `a second start on the same folder refused after ${took} s`);
    await first.release();
  });

  it("data of another major version", async () => {
    await (await hold(dataDir)).release();
    const versionFile = join(dataDir, "pg", "PG_VERSION");
    const ours = readFileSync(versionFile, "utf8");
    writeFileSync(versionFile, "9.6\n");
    const { said, took } = await refused();
    expect(said).toMatch(/created by PostgreSQL 9\.6.*Set PG_BIN.*DATA_DIR/s);
    await untilNothingRuns();
    writeFileSync(versionFile, ours);
    recordFigure("F8", `data of another major version refused after ${took} s`);
  });

  it("a folder of another user", async (context) => {
    await (await hold(dataDir)).release();
    const runAs = chooseRunAs(dataDir);
    let refusal: Awaited<ReturnType<typeof refused>>;
    if (runAs === null) {
      const pg = join(dataDir, "pg");
      chmodSync(pg, 0o000);
      refusal = await refused();
      chmodSync(pg, 0o700);
    } else {
      const somebody = { name: "somebody", uid: 64_123, gid: 64_123 };
      if (!canTraverse(join(import.meta.dirname, "..", ".."), somebody)) {
        context.skip("root alone can enter the folder of this program, so nobody else can start it");
      }
      refusal = await refused({ user: somebody });
    }
    expect(refusal.said).toMatch(/(cannot be used|is in use by another user).*[Ss]tart as .* user.*set DATA_DIR/s);
    recordFigure("F8", `a folder of another user refused after ${refusal.took} s`);
  });

  it.runIf(process.getuid?.() === 0)("a folder without write permission", async (context) => {
    const somebody = { name: "somebody", uid: 64_123, gid: 64_123 };
    if (!canTraverse(join(import.meta.dirname, "..", ".."), somebody)) {
      context.skip("root alone can enter the folder of this program, so nobody else can start it");
    }
    chmodSync(dataDir, 0o755);
    const { said } = await refused({ user: somebody });
    expect(said).toMatch(/cannot be written to: start as its owner, or set DATA_DIR/);
  });

  it.runIf(process.getuid?.() === 0)("but as root serves data of any owner", async () => {
    const first = await hold(dataDir);
    await query(first.url, "create table kept as select 74 as report_id");
    await first.release();
    const [uid, gid] = [64_124, 64_124];
    expect((await run("chown", ["-R", `${uid}:${gid}`, join(dataDir, "pg")], null, dataDir)).code).toBe(0);
    chownSync(dataDir, uid, gid);
    const next = await hold(dataDir);
    expect(await query(next.url, "select * from kept")).toEqual([{ report_id: 74 }]);
    await next.release();
  });
});

it("F10: npm start that is stopped during its start ends at once, and leaves nothing half done", async () => {
  let slowest = 0;
  const moments: readonly ((replica: Replica) => boolean)[] = [
    () => existsSync(join(dataDir, "keeper-1.json")),
    (replica) => /^database/m.test(replica.said()),
    (replica) => /^schema/m.test(replica.said()),
    (replica) => /^web/m.test(replica.said()),
  ];
  for (const [nth, reached] of moments.entries()) {
    const starting = npmStart();
    await until(() => reached(starting) || !starting.isRunning(), startMs);
    const startedMs = performance.now();
    starting.signal("SIGTERM");
    await until(() => !starting.isRunning(), exitMs);
    slowest = Math.max(slowest, Number(secondsSince(startedMs)));
    expect(await starting.exit, `at moment ${nth}: ${starting.said()}`).toEqual({ code: 0, signal: null });
    await untilNothingRuns();
    const next = await hold(dataDir);
    expect(await query(next.url, "select 1 as one")).toEqual([{ one: 1 }]);
    await next.release();
    await removeDataDir(dataDir);
    dataDir = makeDataDir();
  }
  recordFigure(
    "F10",
    `npm start told to end at ${moments.length} moments of its start ended within ${slowest.toFixed(1)} s`,
  );
});
