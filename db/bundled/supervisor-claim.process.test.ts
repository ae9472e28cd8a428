import { rmSync } from "node:fs";
import { afterEach, beforeEach, expect, it } from "vitest";
import { makeDataDir, until } from "@/db/testing/holders";
import { runSupervisor } from "./supervisor";
import { claimSupervisor } from "./supervisor-file";

let dataDir: string;

beforeEach(() => {
  dataDir = makeDataDir();
});
afterEach(() => {
  rmSync(dataDir, { recursive: true, force: true });
});

const listening = (): number => process.getActiveResourcesInfo().filter((name) => name === "TCPServerWrap").length;

it("does nothing and leaves no port open when another process has claimed its generation", async () => {
  const before = listening();
  claimSupervisor(dataDir, 1, 1);
  const lines: string[] = [];
  await runSupervisor({
    dataDir,
    generation: 1,
    log: (line) => lines.push(line),
    signal: new AbortController().signal,
  });
  expect(lines).toEqual([]);
  await until(() => listening() === before);
});
