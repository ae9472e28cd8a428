import { relative } from "node:path";
import {
  AlreadyStartedError,
  type BundledDatabase,
  abandonedClusters,
  acquireBundledDatabase,
  systemFolder,
} from "@/db/bundled";
import { checkServer } from "@/db/check-server";
import { prepareDatabase } from "@/db/prepare-database";
import { explainFailure } from "./explain-failure";
import { StartError } from "@/db/start-error";
import { type AccessMode, accessMode } from "@/lib/server/access/mode";
import { type Env, env } from "@/lib/server/env";
import { log } from "@/lib/server/log";
import { loadZoneRules } from "@/lib/server/zones/load-zone-rules";
import { ensureBuild } from "./build";
import { fillAndPrintExample } from "./example";
import { onNpmExit } from "./npm-exit";
import { assertPortFree, isPortTaken } from "./port";
import { print, printStep } from "./print";
import { bundledProgram, bundledRoutes, type Program, sourceProgram } from "./program";
import { Supervised } from "./supervised";

/**
 * Runs everything: database, build, worker and web server, in parallel where possible, until a signal, or until the npm
 * that started it dies.
 */
export async function start(options: { readonly dev: boolean }): Promise<void> {
  const run = new Run(options.dev);
  run.obeySignals();
  try {
    await run.begin(env());
  } catch (error) {
    await run.fail(error);
  }
}

/** The place of the data, for users; outside the project's own folders, with what refers to it. */
function placeOf(folder: string): string {
  if (folder.startsWith(systemFolder)) return `${folder} (npm run bundled lists such folders)`;
  const inside = relative(process.cwd(), folder);
  return inside.startsWith("..") ? folder : inside;
}

/** Loads the time zone rules and logs which they are, and why other available ones are not used. */
function printZoneRules(): void {
  const { release, releasedOn, source, path, candidates, warnings } = loadZoneRules();
  print("zones", `tz ${release} of ${releasedOn}, ${path === null ? source : `${source} (${path})`}`);
  for (const { isUsed, source: other, path: place, reason } of candidates) {
    // A TZDATA that is not used is among the warnings.
    if (!isUsed && other !== "TZDATA")
      print("", `not ${place === null ? other : `${other} (${place})`}: ${reason ?? ""}`);
  }
  for (const warning of warnings) print("warning", warning);
}

/** npm forwards Ctrl-C to us, although the terminal has already sent it: that is one signal, not two. */
const samePressMs = 500;

/** A step that others wait for. */
class Signal {
  give: () => void = () => undefined;
  readonly given = new Promise<void>((resolve) => {
    this.give = resolve;
  });
}

class Run {
  private readonly began = performance.now();
  private readonly children: Supervised[] = [];
  private readonly stopped = new AbortController();
  private bundled: BundledDatabase | null = null;
  private url = "";
  private dataDir = "";
  private mode: AccessMode = "required";
  private built = false;
  private stoppingSince: number | null = null;

  constructor(private readonly dev: boolean) {}

  async begin(settings: Env): Promise<void> {
    this.dataDir = settings.DATA_DIR;
    this.mode = accessMode(settings);
    if (settings.DATABASE_URL === undefined && settings.DATABASE_DIRECT_URL !== undefined) {
      throw new StartError("DATABASE_DIRECT_URL is set without DATABASE_URL: set both, or neither.");
    }
    printZoneRules();
    if (settings.npm_lifecycle_event !== undefined) {
      onNpmExit(() => {
        if (this.stoppingSince === null) void this.stop(1);
      });
    }
    const alone = new Signal();
    const opened = this.openDatabase(settings, () => alone.give());
    const portFree = assertPortFree(settings.HOST, settings.PORT).catch(async (error: unknown) => {
      // If another `npm start` of this folder uses the port, this reports it.
      if (isPortTaken(error)) await opened;
      throw error;
    });
    const database = Promise.all([opened, portFree]);
    // Only now may the build be touched, which another `npm start` may be serving.
    const building = new Signal();
    const build = Promise.all([alone.given, portFree]).then(() => this.build(() => building.give()));
    const web = Promise.all([database, build]).then(() => this.startWeb(settings));
    const example = database.then(() =>
      fillAndPrintExample(this.url, settings.DATABASE_URL === undefined ? settings.DATA_DIR : null),
    );
    const [address, printExample] = await Promise.all([
      web,
      example,
      // If nothing has to be built, the first page goes first; otherwise there is time for the worker.
      Promise.all([database, Promise.race([web, building.given])]).then(() => this.startWorker()),
    ]);
    printExample(address);
  }

  obeySignals(): void {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(signal, () => {
        if (this.stoppingSince === null) {
          print("stopping", `after ${signal}; again to stop at once`);
          void this.stop(0);
        } else if (performance.now() - this.stoppingSince > samePressMs) {
          for (const child of this.children) child.kill();
          process.exit(1);
        }
      });
    }
  }

  async fail(error: unknown): Promise<void> {
    if (this.stoppingSince !== null) return;
    console.error(error instanceof AlreadyStartedError ? `npm start is ${error.message}.` : this.wordsOf(error));
    await this.stop(1);
  }

  private wordsOf(error: unknown): string {
    const { url, dataDir, bundled } = this;
    return explainFailure(error, { url, dataDir, databaseDir: bundled?.folder ?? null });
  }

  private async stop(code: number): Promise<void> {
    this.stoppingSince = performance.now();
    this.stopped.abort();
    // When the database goes away, the driver rejects running work, such as migrations, where no one can catch it.
    process.on("unhandledRejection", () => undefined);
    await Promise.all(this.children.map((child) => child.stop()));
    await this.bundled?.release();
    process.exit(code);
  }

  private async openDatabase(settings: Env, onAlone: () => void): Promise<void> {
    const since = performance.now();
    if (settings.DATABASE_URL !== undefined) {
      this.url = settings.DATABASE_URL;
      await checkServer(this.url);
      onAlone();
      await prepareDatabase(this.url, false);
      printStep("database", since, `${new URL(this.url).host} by DATABASE_URL, schema up to date`);
      return;
    }
    const bundled = await acquireBundledDatabase({
      dataDir: settings.DATA_DIR,
      pgBin: settings.PG_BIN,
      role: "start",
      onAccepted: onAlone,
      onMoved: (url) => {
        this.url = url;
        for (const child of this.children) child.restart();
      },
      onLost: (error) => {
        log.fatal({ err: error }, "the database is lost");
        void this.fail(error);
      },
    });
    this.bundled = bundled;
    this.url = bundled.url;
    printStep("database", since, `${bundled.description}, data in ${placeOf(bundled.folder)}`);
    const abandoned = abandonedClusters();
    if (abandoned.length > 0) {
      const which = abandoned.length === 1 ? "a database" : `${abandoned.length} databases`;
      print("database", `${which} of deleted projects in ${systemFolder}: npm run bundled -- remove --gone`);
    }
    const migrating = performance.now();
    await prepareDatabase(this.url, false);
    printStep("schema", migrating);
  }

  private async build(onStart: () => void): Promise<void> {
    if (this.dev) return;
    const since = performance.now();
    const hasChanged = await ensureBuild(this.stopped.signal, () => {
      onStart();
      print("build", "building the pages; this takes a while, once");
    });
    this.built = true;
    printStep("build", since, hasChanged ? "" : "as before");
  }

  private async startWorker(): Promise<void> {
    const since = performance.now();
    await this.startChild(
      new Supervised({ name: "worker", program: this.program("worker"), env: () => this.childSettings() }),
    );
    printStep("worker", since);
  }

  private async startWeb(settings: Env): Promise<string> {
    const since = performance.now();
    let port = settings.PORT;
    const web = new Supervised({
      name: "web",
      program: this.program("web"),
      args: this.dev ? ["--dev"] : ["--routes", bundledRoutes],
      env: () => ({ ...this.childSettings(), PORT: String(port) }),
    });
    const ready = await this.startChild(web);
    port = ready.port ?? port;
    const host = settings.HOST.includes(":") ? `[${settings.HOST}]` : settings.HOST;
    const address = `http://${host}:${port}`;
    printStep("web", since);
    this.bundled?.tellAddress(address);
    printStep("all", this.began, settings.HOST === "127.0.0.1" ? "for this machine only; HOST allows others" : "");
    if (this.mode === "open") {
      print("access", "open: everyone who can connect sees and changes everything; AUTH=required enables sign-in");
    }
    console.log(`\n  ${address}\n`);
    return address;
  }

  /** The bundle; the source where there is none, in development, or none yet, for a worker that starts during the build. */
  private program(name: "web" | "worker"): Program {
    return this.built ? bundledProgram(name) : sourceProgram(name);
  }

  private startChild(child: Supervised): Promise<{ readonly port?: number }> {
    this.stopped.signal.throwIfAborted();
    this.children.push(child);
    return child.start();
  }

  private childSettings(): Record<string, string> {
    const NODE_ENV = this.dev ? "development" : "production";
    const place: Record<string, string> = this.bundled === null ? {} : { DATABASE_DIR: this.bundled.folder };
    return { DATABASE_URL: this.url, ...place, NODE_ENV, NEXT_TELEMETRY_DISABLED: "1" };
  }
}
