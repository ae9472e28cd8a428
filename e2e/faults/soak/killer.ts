import { setTimeout as pause } from "node:timers/promises";
import type { SeededRandom } from "@/scripts/demo/seeded-random";
import type { OwnPostgres } from "@/e2e/faults/harness/postgres";
import type { Replica, Replicas } from "@/e2e/faults/harness/replicas";

type Kind = "web" | "worker";

/** Number of faults of each kind. */
export type Kills = Record<
  "web killed" | "web stopped" | "worker killed" | "worker stopped" | "backend killed" | "database restarted",
  number
>;

/** Keeps `count` replicas running, and repeatedly ends one of them, or a database session. */
export class Killer {
  readonly kills: Kills = {
    "web killed": 0,
    "web stopped": 0,
    "worker killed": 0,
    "worker stopped": 0,
    "backend killed": 0,
    "database restarted": 0,
  };
  readonly running: Record<Kind, Replica[]> = { web: [], worker: [] };
  /** Exit codes other than 0 of processes that were stopped normally. */
  readonly untidy: string[] = [];

  constructor(
    private readonly replicas: Replicas,
    private readonly postgres: OwnPostgres,
    private readonly random: SeededRandom,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  async start(kind: Kind): Promise<void> {
    const options = { databaseUrl: this.postgres.url, env: this.env };
    const replica = await (kind === "web" ? this.replicas.web(options) : this.replicas.worker(options));
    this.running[kind].push(replica);
  }

  /** Causes a fault every 20 to 40 s until `over`. */
  async work(over: AbortSignal): Promise<void> {
    for (;;) {
      try {
        await pause(this.random.between(20_000, 40_000), undefined, { signal: over });
      } catch {
        return; // it is over
      }
      const fault = this.random.weighted<keyof Kills>([
        ["web killed", 3],
        ["web stopped", 2],
        ["worker killed", 4],
        ["worker stopped", 2],
        ["backend killed", 2],
        ["database restarted", 2],
      ]);
      this.kills[fault]++;
      await this.#make(fault);
    }
  }

  async #make(fault: keyof Kills): Promise<void> {
    switch (fault) {
      case "web killed":
      case "web stopped":
        return this.#replace("web", fault === "web killed");
      case "worker killed":
      case "worker stopped":
        return this.#replace("worker", fault === "worker killed");
      case "backend killed":
        return this.#killBackend();
      case "database restarted":
        this.postgres.restart();
        return;
    }
  }

  async #replace(kind: Kind, kill: boolean): Promise<void> {
    const replica = this.running[kind].splice(this.random.below(this.running[kind].length), 1)[0];
    if (replica === undefined) return;
    if (kill) await replica.kill();
    else {
      replica.signal("SIGTERM");
      const { code } = await replica.exit;
      if (code !== 0) this.untidy.push(`a ${kind} told to end ended with ${code}`);
    }
    // The database may be unavailable: then it is retried.
    for (let left = 5; left > 0; left--) {
      try {
        await this.start(kind);
        return;
      } catch (error) {
        if (left === 1) throw error;
        await pause(1_000);
      }
    }
  }

  async #killBackend(): Promise<void> {
    const sessions = await this.postgres.database.sql<{ pid: number }[]>`
      select pid from pg_stat_activity
      where application_name in ('store-monitoring web', 'store-monitoring worker') order by random() limit 1`;
    for (const { pid } of sessions) this.postgres.killBackend(pid);
  }
}
