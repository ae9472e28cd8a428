import { afterAll, beforeAll, expect, it } from "vitest";
import { isAlive } from "@/db/is-alive";
import { supervisorOf, makeDataDir, postmasterOf, removeDataDir, until } from "@/db/testing/holders";
import { type Started, startFor, stopAll } from "./test-support/started";

const folders: string[] = [];
function newFolder(): string {
  const folder = makeDataDir();
  folders.push(folder);
  return folder;
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
  first = startFor(dataDir, "0");
  address = await first.address();
}, 300_000);

afterAll(async () => {
  stopAll();
  for (const folder of folders) await removeDataDir(folder);
});

it("serves the page, and the two printed lines are right", async () => {
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
  const second = startFor(dataDir, "0");
  expect(await second.exitCode).toBe(1);
  expect(second.said()).toContain(`already running at ${address.origin} (process ${first.child.pid})`);
  const samePort = startFor(dataDir, address.port);
  expect(await samePort.exitCode).toBe(1);
  expect(samePort.said()).toContain(`already running at ${address.origin}`);
  expect(await answers(address)).toBe(true);
});

it("says so when another program has the port, and leaves nothing running", async () => {
  const folder = newFolder();
  const second = startFor(folder, address.port);
  expect(await second.exitCode).toBe(1);
  expect(second.said()).toContain(`Port ${address.port} on 127.0.0.1 is taken by another program`);
  const server = postmasterOf(folder);
  await until(() => (server === undefined || !isAlive(server)) && !isAlive(supervisorOf(folder)));
});

it("leaves nothing behind when it is killed", async () => {
  const server = postmasterOf(dataDir) ?? 0;
  first.child.kill("SIGKILL");
  await until(async () => !(await answers(address)) && !isAlive(server) && !isAlive(supervisorOf(dataDir)));
});

it("stops everything on SIGTERM and exits 0", async () => {
  const again = startFor(dataDir, "0");
  const where = await again.address();
  const server = postmasterOf(dataDir) ?? 0;
  again.child.kill("SIGTERM");
  expect(await again.exitCode).toBe(0);
  expect(isAlive(server)).toBe(false);
  expect(await answers(where)).toBe(false);
});
