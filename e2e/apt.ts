import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** apt waits for another installation, but fails at once while another process updates its lists. */
const lock = join(tmpdir(), "store-monitoring-apt.lock");
const lockSeconds = 600;

/** Installs a Debian package, on Debian as root. @returns whether it is installed now */
export function installByApt(name: string): boolean {
  if (process.getuid?.() !== 0 || !existsSync("/etc/debian_version")) return false;
  const install = () => apt("install", "-y", "--no-install-recommends", name);
  return install() || (apt("update") && install());
}

/** Suites that run concurrently install one after the other. */
function apt(...args: string[]): boolean {
  console.error(`apt-get ${args.join(" ")} …`);
  const command = ["apt-get", "-q", "-o", `DPkg::Lock::Timeout=${lockSeconds}`, ...args];
  const { status } = spawnSync("flock", ["--wait", String(lockSeconds), lock, ...command], {
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    stdio: ["ignore", "ignore", "inherit"],
  });
  return status === 0;
}
