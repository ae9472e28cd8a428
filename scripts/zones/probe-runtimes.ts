import { execFile } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { childEnv } from "@/lib/server/env";
import { type Question, probeProgram, type Probed } from "./probe";

const execute = promisify(execFile);
const options = { maxBuffer: 256 * 1024 * 1024 };

/** A line of Node.js from the npm package `node`. */
export async function probeNode({ names, instants, folder }: Question, line: string): Promise<Probed> {
  const file = join(folder, "probe.cjs");
  writeFileSync(file, probeProgram(names, instants, "console.log(answer)"));
  // Without it, a system's own folder of ICU zone data would be measured.
  const settings = childEnv({ ICU_TIMEZONE_FILES_DIR: "" });
  const args = ["exec", "--yes", "--ignore-scripts=false", `--package=node@${line}`, "--", "node", file];
  const { stdout } = await execute("npm", args, { ...options, cwd: folder, env: settings });
  return JSON.parse(stdout) as Probed;
}

const browsers = ["chromium", "chromium-browser", "google-chrome"].map((name) => join("/usr/bin", name));

/** The Chromium of this machine, or null. */
export async function probeChromium({ names, instants, folder }: Question): Promise<Probed | null> {
  const browser = browsers.find((path) => existsSync(path));
  if (browser === undefined) return null;
  const page = join(folder, "probe.html");
  const program = probeProgram(names, instants, "document.body.textContent = answer");
  writeFileSync(page, `<!doctype html><body><script>${program}</script>`);
  const profile = `--user-data-dir=${join(folder, "profile")}`;
  const args = ["--headless", "--no-sandbox", "--disable-gpu", profile, "--virtual-time-budget=60000", "--dump-dom"];
  const { stdout } = await execute(browser, [...args, `file://${page}`], options);
  const { stdout: about } = await execute(browser, ["--version"], options);
  // The version that pages see ends in zeros.
  const version = /[\d.]{5,}/.exec(about)?.[0] ?? "";
  const answer = JSON.parse(/\{.*\}/s.exec(stdout)?.[0] ?? "") as Probed;
  return { ...answer, version };
}
