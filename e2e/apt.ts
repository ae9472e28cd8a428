import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** Installs a Debian package, on Debian as root. @returns whether it is installed now */
export function installByApt(name: string): boolean {
  if (process.getuid?.() !== 0 || !existsSync("/etc/debian_version")) return false;
  const install = () => apt("install", "-y", "--no-install-recommends", name);
  return install() || (apt("update") && install());
}

function apt(...args: string[]): boolean {
  console.error(`apt-get ${args.join(" ")} …`);
  const { status } = spawnSync("apt-get", ["-q", "-o", "DPkg::Lock::Timeout=300", ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    stdio: ["ignore", "ignore", "inherit"],
  });
  return status === 0;
}
