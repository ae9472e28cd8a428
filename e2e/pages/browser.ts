import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { installByApt } from "@/e2e/apt";

/** A Chromium that runs here, and the environment that it needs. */
export interface Browser {
  readonly executablePath: string;
  readonly env: Readonly<Record<string, string>>;
}

const installed = [
  ...[
    "google-chrome",
    "google-chrome-stable",
    "chromium",
    "chromium-browser",
    "microsoft-edge",
    "microsoft-edge-stable",
  ].flatMap((name) => ["/usr/bin", "/usr/local/bin", "/snap/bin"].map((folder) => join(folder, name))),
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/**
 * Finds a browser, or installs one: `CHROMIUM_PATH`, the system's, Playwright's own, Debian's by apt as root, and last
 * the one in an npm package.
 * @throws {Error} naming what was tried and the remedy
 */
export function findBrowser(): Browser {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen) {
    if (!runs(chosen)) throw new Error(`CHROMIUM_PATH names ${chosen}, which does not run.`);
    return { executablePath: chosen, env: {} };
  }
  for (const executablePath of [...installed, chromium.executablePath()]) {
    if (existsSync(executablePath) && runs(executablePath)) return { executablePath, env: {} };
  }
  const got = byApt() ?? byPackage();
  if (!got) {
    throw new Error(
      "No Chromium was found, and none could be installed. Install Chrome or Chromium, or set CHROMIUM_PATH.",
    );
  }
  return got;
}

function runs(executablePath: string, env: Readonly<Record<string, string>> = {}): boolean {
  // Chrome on Windows opens a window instead of printing its version.
  if (process.platform === "win32") return existsSync(executablePath);
  const { status } = spawnSync(executablePath, ["--version"], { env: { ...process.env, ...env }, timeout: 20_000 });
  return status === 0;
}

function byApt(): Browser | null {
  if (!installByApt("chromium")) return null;
  const executablePath = "/usr/bin/chromium";
  return existsSync(executablePath) && runs(executablePath) ? { executablePath, env: {} } : null;
}

/** The package unpacks into the temporary folder and trusts its contents, so it gets a folder of our own. */
function byPackage(): Browser | null {
  const root = join(import.meta.dirname, "..", "..");
  const { version } = JSON.parse(readFileSync(join(root, "node_modules/@sparticuz/chromium/package.json"), "utf8")) as {
    version: string;
  };
  const folder = join(root, "node_modules", ".cache", `chromium-${version}`);
  if (!existsSync(folder)) {
    const draft = `${folder}.${process.pid}`;
    mkdirSync(draft, { recursive: true });
    try {
      const unpack = `import("@sparticuz/chromium").then(({ default: chromium }) => chromium.executablePath())`;
      execFileSync(process.execPath, ["--input-type=module", "-e", unpack], {
        cwd: root,
        // With this set, the shared libraries that minimal images lack are unpacked too.
        env: { ...process.env, TMPDIR: draft, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs20.x" },
        stdio: ["ignore", "ignore", "inherit"],
      });
      renameSync(draft, folder);
    } catch {
      return null;
    } finally {
      rmSync(draft, { recursive: true, force: true });
    }
  }
  const executablePath = join(folder, "chromium");
  const env = { FONTCONFIG_PATH: join(folder, "fonts") };
  const withLibraries = { ...env, LD_LIBRARY_PATH: join(folder, "al2023", "lib") };
  if (runs(executablePath)) return { executablePath, env };
  return runs(executablePath, withLibraries) ? { executablePath, env: withLibraries } : null;
}
