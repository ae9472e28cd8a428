import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { childEnv } from "@/lib/server/env";
import { bundledProgram, bundledRoutes, type Program, sourceProgram } from "@/scripts/start/program";

/** A process of the app and its peak memory. */
export interface BenchProcess {
  readonly child: ChildProcess;
  /** Peak resident memory in MB; NaN when the system does not report it. */
  peakMb(): number;
  stop(): Promise<void>;
}

export interface ScriptOptions {
  readonly args?: readonly string[];
  /** Overrides of the environment that every bench has. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Its log is discarded. */
  readonly quiet?: boolean;
  /** Folder for a CPU profile, written at its end. */
  readonly profile?: string | undefined;
  /** Checkout that it belongs to; ours without one. */
  readonly folder?: string;
}

const ours = join(import.meta.dirname, "..");

/** Starts a script of scripts/ as `npm start` does. */
export function startScript(
  name: "web" | "worker" | "import",
  url: string,
  { args = [], settings = {}, quiet = false, profile, folder = ours }: ScriptOptions = {},
): { readonly process: BenchProcess; readonly ready: Promise<{ readonly port?: number }> } {
  const { file, nodeArgs } = programIn(folder, name);
  const routes = folder === ours && name === "web" ? ["--routes", bundledRoutes] : [];
  const child = fork(file, [...routes, ...args], {
    cwd: folder,
    execArgv: [...(profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${profile}`]), ...nodeArgs],
    stdio: ["ignore", "ignore", quiet ? "ignore" : "inherit", "ipc"],
    env: childEnv({
      DATABASE_URL: url,
      NODE_ENV: "production",
      PORT: "0",
      HOST: "127.0.0.1",
      LOG_LEVEL: "warn",
      RATE_LIMIT_TRIGGER_PER_MINUTE: "0",
      SNAPSHOT_INTERVAL_SECONDS: "0",
      ...settings,
    }),
  });
  let peakMb = Number.NaN;
  const look = (): void => {
    peakMb = peakMemoryMb(child.pid) ?? peakMb;
  };
  const timer = setInterval(look, 50);
  const exited = once(child, "exit");
  void exited.finally(() => {
    clearInterval(timer);
  });
  const ready = new Promise<{ readonly port?: number }>((resolve, reject) => {
    child.on("message", (message: { readonly ready?: { readonly port?: number }; readonly failed?: string }) => {
      if (message.ready !== undefined) resolve(message.ready);
      else if (message.failed !== undefined) reject(new Error(message.failed));
    });
    child.once("exit", (code) => {
      reject(new Error(`scripts/${name}.ts ended with ${String(code)}.`));
    });
  });
  ready.catch(() => undefined);
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    await exited;
  };
  return {
    ready,
    process: {
      child,
      peakMb: () => {
        look();
        return peakMb;
      },
      stop,
    },
  };
}

/** The program that `npm start` or a command runs. Other checkouts may be older than bundles. */
function programIn(folder: string, name: "web" | "worker" | "import"): Program {
  return folder === ours && name !== "import" ? bundledProgram(name) : sourceProgram(name, folder);
}

function peakMemoryMb(pid: number | undefined): number | null {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${String(pid)}/status`, "utf8")) ?? [];
    return kilobytes === undefined ? null : Number(kilobytes) / 1024;
  } catch {
    return null;
  }
}

export interface Answer {
  readonly status: number;
  readonly body: Buffer;
}

/** Sends requests to one server over one keep-alive connection, like a client. */
export class BenchClient {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(private readonly port: number) {}

  get(path: string): Promise<Answer> {
    return this.send("GET", path, null);
  }

  post(path: string, body: unknown): Promise<Answer> {
    return this.send("POST", path, JSON.stringify(body));
  }

  close(): void {
    this.agent.destroy();
  }

  private send(method: string, path: string, body: string | null): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const headers = body === null ? {} : { "content-type": "application/json" };
      const outgoing = request(
        { host: "127.0.0.1", port: this.port, method, path, agent: this.agent, headers },
        (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
          incoming.on("end", () => {
            const answer = { status: incoming.statusCode ?? 0, body: Buffer.concat(chunks) };
            if (answer.status < 400) resolve(answer);
            else
              reject(new Error(`${method} ${path}: ${String(answer.status)} ${answer.body.toString().slice(0, 500)}`));
          });
          incoming.on("error", reject);
        },
      );
      outgoing.on("error", reject);
      outgoing.end(body);
    });
  }
}
