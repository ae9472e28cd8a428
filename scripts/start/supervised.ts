import { type ChildProcess, fork } from "node:child_process";
import { childEnv } from "@/lib/server/env";
import { log } from "@/lib/server/log";
import type { Program } from "./program";

export interface ChildSetup {
  readonly name: "web" | "worker";
  readonly program: Program;
  readonly args?: readonly string[];
  /** Called for each start. */
  readonly env: () => Readonly<Record<string, string>>;
}

const firstPauseMs = 500;
const longestPauseMs = 30_000;
/** After running this long it counts as healthy: the pauses start over. */
const wellMs = 60_000;
const stopMs = 30_000;

/** A child process that is restarted, after growing pauses, when it ends by itself. */
export class Supervised {
  private child: ChildProcess | null = null;
  private timer: NodeJS.Timeout | null = null;
  private pauseMs = firstPauseMs;
  private stopping = false;

  constructor(private readonly setup: ChildSetup) {}

  /** Starts it for the first time. @returns its ready message   @throws {Error} when it ends before that */
  start(): Promise<{ readonly port?: number }> {
    return new Promise((resolve, reject) => {
      const child = this.fork();
      const fail = () => {
        reject(new Error(`The ${this.setup.name} process ended before it was ready.`));
      };
      child.once("exit", fail);
      child.on("message", (message: unknown) => {
        if (!message || typeof message !== "object") return;
        if ("failed" in message) reject(new Error(String(message.failed)));
        if (!("ready" in message) || !message.ready || typeof message.ready !== "object") return;
        child.off("exit", fail);
        this.watch(child);
        resolve("port" in message.ready ? { port: Number(message.ready.port) } : {});
      });
    });
  }

  /** Stops it, and starts it again with a fresh environment. */
  restart(): void {
    this.pauseMs = 0;
    this.child?.kill("SIGTERM");
  }

  /** Stops it for good; resolves when it has ended, after 30 s at most. */
  stop(): Promise<void> {
    this.stopping = true;
    if (this.timer) clearTimeout(this.timer);
    const { child } = this;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
    return new Promise((resolve) => {
      const limit = setTimeout(() => child.kill("SIGKILL"), stopMs);
      child.once("exit", () => {
        clearTimeout(limit);
        resolve();
      });
      child.kill("SIGTERM");
    });
  }

  kill(): void {
    this.stopping = true;
    this.child?.kill("SIGKILL");
  }

  private fork(): ChildProcess {
    const { file, nodeArgs } = this.setup.program;
    this.child = fork(file, this.setup.args ?? [], {
      execArgv: [...nodeArgs],
      env: childEnv(this.setup.env()),
    });
    return this.child;
  }

  private watch(child: ChildProcess): void {
    const since = Date.now();
    child.once("exit", (code, signal) => {
      if (this.stopping) return;
      if (Date.now() - since > wellMs) this.pauseMs = firstPauseMs;
      log.error({ child: this.setup.name, code, signal, pauseMs: this.pauseMs }, "a process ended, restarting it");
      this.timer = setTimeout(() => {
        this.watch(this.fork());
      }, this.pauseMs);
      this.pauseMs = Math.min(Math.max(this.pauseMs * 2, firstPauseMs), longestPauseMs);
    });
  }
}
