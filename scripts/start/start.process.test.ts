import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { isAlive } from "@/db/embedded/postmaster-pid";
import { keeperOf, makeDataDir, postmasterOf, removeDataDir, until } from "@/db/testing/holders";
import { childEnv } from "@/lib/server/env";

const root = join(import.meta.dirname, "..", "..");

interface Started {
  readonly child: ChildProcess;
  readonly exitCode: Promise<number | null>;
  said(): string;
}

const folders: string[] = [];
const all: Started[] = [];

function start(dataDir: string, port: string): Started {
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/start.ts"], {
    cwd: root,
    env: childEnv({ DATA_DIR: dataDir, PORT: port, DATABASE_URL: "", LOG_LEVEL: "error", npm_lifecycle_event: "" }),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  const hear = (chunk: Buffer) => {
    text += chunk.toString();
  };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  const started = {
    child,
    exitCode: new Promise<number | null>((resolve) => child.on("close", (code) => resolve(code))),
    said: () => text,
  };
  all.push(started);
  return started;
}

function newFolder(): string {
  const folder = makeDataDir();
  folders.push(folder);
  return folder;
}

async function addressOf(started: Started): Promise<URL> {
  await until(() => /get_report/.test(started.said()) || started.child.exitCode !== null, 300_000);
  const address = /^ {2}(http:\S+)$/m.exec(started.said())?.[1];
  if (address === undefined) throw new Error(`It did not start:\n${started.said()}`);
  return new URL(address);
}

const answers = (address: URL) =>
  fetch(address).then(
    ({ ok }) => ok,
    () => false,
  );

let dataDir: string;
let first: Started;
let address: URL;

beforeAll(async () => {
  dataDir = newFolder();
  first = start(dataDir, "0");
  address = await addressOf(first);
}, 300_000);

afterAll(async () => {
  for (const { child } of all) child.kill("SIGKILL");
  for (const folder of folders) await removeDataDir(folder);
});

it("serves the page, and the two lines that it prints do what they say", async () => {
  expect(await answers(address)).toBe(true);
  const [trigger = "", fetchIt = ""] = first.said().match(/^ {2}curl .*$/gm) ?? [];
  const triggered = await fetch(/http:\S+/.exec(trigger)?.[0] ?? "");
  const { report_id: id } = (await triggered.json()) as { report_id: number };
  expect(Number.isInteger(id)).toBe(true);
  const ask = async () => {
    const response = await fetch(/http:\S+/.exec(fetchIt)?.[0] ?? "", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ report_id: id }),
    });
    return ((await response.json()) as { status: string }).status;
  };
  await until(async () => (await ask()) === "Complete");
});

it("refuses a second start on the folder, naming the first", async () => {
  const second = start(dataDir, "0");
  expect(await second.exitCode).toBe(1);
  expect(second.said()).toContain(`already running at ${address.origin} (process ${first.child.pid})`);
  const samePort = start(dataDir, address.port);
  expect(await samePort.exitCode).toBe(1);
  expect(samePort.said()).toContain(`already running at ${address.origin}`);
  expect(await answers(address)).toBe(true);
});

it("says so where another program has the port, and leaves nothing running", async () => {
  const folder = newFolder();
  const second = start(folder, address.port);
  expect(await second.exitCode).toBe(1);
  expect(second.said()).toContain(`Port ${address.port} on 127.0.0.1 is taken by another program`);
  const server = postmasterOf(folder);
  await until(() => (server === undefined || !isAlive(server)) && !isAlive(keeperOf(folder)));
});

it("leaves nothing behind when it is killed", async () => {
  const server = postmasterOf(dataDir) ?? 0;
  first.child.kill("SIGKILL");
  await until(async () => !(await answers(address)) && !isAlive(server) && !isAlive(keeperOf(dataDir)));
});

it("stops everything at a SIGTERM and ends with 0", async () => {
  const again = start(dataDir, "0");
  const where = await addressOf(again);
  const server = postmasterOf(dataDir) ?? 0;
  again.child.kill("SIGTERM");
  expect(await again.exitCode).toBe(0);
  expect(isAlive(server)).toBe(false);
  expect(await answers(where)).toBe(false);
});
