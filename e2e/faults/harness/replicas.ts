import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { until } from "@/db/testing/holders";
import { bundleScript } from "@/db/testing/bundle-script";
import { childEnv } from "@/lib/server/env";
import { bundledProgram, bundledRoutes } from "@/scripts/start/program";
import { faultEnv } from "./fault-env";

const root = join(import.meta.dirname, "../../..");
const startMs = 60_000;

export interface ReplicaOptions {
  readonly databaseUrl: string;
  /** In addition to those of this process; `FAULT_POINTS` makes it fail. */
  readonly env?: Readonly<Record<string, string>>;
  /** Options of Node, such as a limit of memory. */
  readonly nodeArgs?: readonly string[];
  /** User of the process; only root can choose. */
  readonly user?: { readonly uid: number; readonly gid: number };
}

/** A script that is run as a command. */
export interface CommandOptions extends Omit<ReplicaOptions, "databaseUrl"> {
  /** "": the bundled one. */
  readonly databaseUrl?: string;
  readonly args?: readonly string[];
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** One process of the product, in a process group of its own. */
export interface Replica {
  readonly pid: number;
  /** Address of a web server, such as http://127.0.0.1:4711; "" for others. */
  readonly origin: string;
  /** How it ended, once it has. */
  readonly exit: Promise<Exit>;
  /** All of its output. */
  said(): string;
  isRunning(): boolean;
  signal(signal: NodeJS.Signals): void;
  /** Kills it; resolves when it has ended. */
  kill(): Promise<void>;
}

interface Ready {
  readonly ready?: { readonly port?: number };
  readonly failed?: string;
}

/** Processes that a test starts, any number of them; `killAll` kills those that are left. */
export class Replicas {
  readonly #started: Replica[] = [];

  /** A web server on a free port, as the build has it, once it responds. */
  web(options: ReplicaOptions): Promise<Replica> {
    const program = [bundledProgram("web").file, "--routes", bundledRoutes];
    return this.#start(program, { ...options, env: { PORT: "0", HOST: "127.0.0.1", ...options.env } });
  }

  /** A worker, once it works. It needs no build. */
  worker(options: ReplicaOptions): Promise<Replica> {
    return this.#start([bundleScript("scripts/worker.ts")], options);
  }

  /** A process that migrates the database and ends; returned at once, whether or not it has ended. */
  migration(options: ReplicaOptions): Replica {
    return this.#spawn([bundleScript("e2e/faults/harness/migrate-once.ts")], options).replica;
  }

  /** A script, such as `scripts/start.ts`, as a user runs it; returned at once. Its child processes end with it. */
  command(script: string, { databaseUrl = "", env, args = [], ...options }: CommandOptions = {}): Replica {
    const asPerson = { PORT: "0", npm_lifecycle_event: "", ...env };
    return this.#spawn([bundleScript(script), ...args], { ...options, databaseUrl, env: asPerson }).replica;
  }

  async killAll(): Promise<void> {
    await Promise.all(this.#started.map((replica) => replica.kill()));
  }

  async #start(program: readonly string[], options: ReplicaOptions): Promise<Replica> {
    const { child, replica } = this.#spawn(program, options);
    let told: Ready | null = null;
    child.on("message", (message) => {
      told = message as Ready;
    });
    const news = (): Ready | null => told;
    await until(() => news() !== null || !replica.isRunning(), startMs);
    const ready = news();
    if (ready?.ready === undefined) throw new Error(`${program.join(" ")} did not start: ${replica.said()}`);
    const { port } = ready.ready;
    return port === undefined ? replica : Object.assign(replica, { origin: `http://127.0.0.1:${port}` });
  }

  #spawn(program: readonly string[], { databaseUrl, env = {}, nodeArgs = [], user }: ReplicaOptions) {
    const child = spawn(process.execPath, [...nodeArgs, "--enable-source-maps", ...program], {
      cwd: root,
      env: childEnv({
        ...{ NODE_ENV: "production", LOG_LEVEL: "info", DATABASE_URL: databaseUrl },
        ...env,
        ...((env.FAULT_POINTS ?? "") === "" ? {} : faultEnv(env.FAULT_POINTS ?? "")),
      }),
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      detached: true,
      ...user,
    });
    const replica = asReplica(child);
    this.#started.push(replica);
    return { child, replica };
  }
}

function asReplica(child: ChildProcess): Replica {
  let text = "";
  const hear = (chunk: Buffer): void => {
    text += chunk.toString();
  };
  child.stdout?.on("data", hear);
  child.stderr?.on("data", hear);
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null;
  const exit = new Promise<Exit>((resolve) =>
    child.once("close", (code, signal) => {
      resolve({ code, signal });
    }),
  );
  const pid = child.pid ?? 0;
  return {
    pid,
    origin: "",
    exit,
    said: () => text,
    isRunning,
    signal: (signal) => child.kill(signal),
    kill: async () => {
      if (isRunning()) process.kill(-pid, "SIGKILL");
      await exit;
    },
  };
}
