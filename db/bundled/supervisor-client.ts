import { mkdirSync, realpathSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { connectToSupervisor, type SupervisorConnection } from "./supervisor-connection";
import { newestSupervisor } from "./supervisor-file";
import type { ClientRole } from "./supervisor-protocol";
import { spawnSupervisor, type SpawnOptions } from "./spawn-supervisor";
import { isAlive } from "@/db/is-alive";
import { explainFileError } from "@/db/start-error";

export interface AcquireOptions extends SpawnOptions {
  /** One process of a data folder may be `start`, any number may be `cli`. */
  readonly role: ClientRole;
  /** Called when no other process is the `start` of the folder, possibly before the database runs. */
  readonly onAccepted?: () => void;
  /** The database was lost and came back at another address. */
  readonly onMoved?: (url: string) => void;
  /** The database was lost and could not be restarted. */
  readonly onLost?: (error: Error) => void;
}

/** The bundled database of a data folder, for as long as it is held. */
export interface BundledDatabase {
  /** Contains the password: do not log. */
  readonly url: string;
  /** For users: `bundled PostgreSQL 18.4`. */
  readonly description: string;
  /** Folder of its files. */
  readonly folder: string;
  /** Tells a second `npm start` where the first one serves. */
  tellAddress(address: string): void;
  /**
   * Releases the database. The last process to release it (or to die) stops it. Resolves when it has stopped, or at
   * once while others use it. Safe to call twice.
   */
  release(): Promise<void>;
}

function makeDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o755 });
  } catch (error) {
    throw explainFileError(error, dataDir, "DATA_DIR");
  }
}

const startTimeoutMs = 90_000;
const silenceMs = 15_000;

/**
 * Starts the bundled database of a data folder, or joins its other users. If its supervisor dies, another is started in
 * the background and the database keeps running. Holding it does not keep the process alive.
 * @throws {AlreadyStartedError} for a second `start`   @throws {Error} with the reason when it does not start
 */
export async function acquireBundledDatabase(options: AcquireOptions): Promise<BundledDatabase> {
  makeDataDir(options.dataDir);
  const holder = new Holder({ ...options, dataDir: realpathSync(options.dataDir) });
  await holder.acquire();
  return holder;
}

class Holder implements BundledDatabase {
  private connection: SupervisorConnection | null = null;
  private address: string | null = null;
  private released = false;

  constructor(private readonly options: AcquireOptions) {}

  get url(): string {
    return this.connection?.url ?? "";
  }

  get description(): string {
    return this.connection?.description ?? "";
  }

  get folder(): string {
    return this.connection?.folder ?? "";
  }

  async acquire(): Promise<void> {
    const before = this.connection?.url;
    const connection = await findSupervisor(this.options);
    this.connection = connection;
    if (this.released) {
      await connection.leave();
      return;
    }
    if (this.address !== null) connection.tellAddress(this.address);
    connection.onUrl = (url) => this.options.onMoved?.(url);
    connection.onClose = () => {
      if (!this.released) void this.regain();
    };
    if (before !== undefined && before !== connection.url) this.options.onMoved?.(connection.url);
  }

  tellAddress(address: string): void {
    this.address = address;
    this.connection?.tellAddress(address);
  }

  async release(): Promise<void> {
    this.released = true;
    await this.connection?.leave();
  }

  private async regain(): Promise<void> {
    try {
      await this.acquire();
    } catch (error) {
      this.options.onLost?.(error instanceof Error ? error : new Error(String(error)));
    }
  }
}

async function findSupervisor(options: AcquireOptions): Promise<SupervisorConnection> {
  const deadline = Date.now() + startTimeoutMs;
  let silentSince: number | null = null;
  while (Date.now() < deadline) {
    const supervisor = newestSupervisor(options.dataDir);
    if (supervisor === null) {
      await spawnSupervisor(options, 1);
      continue;
    }
    const answer = await connectToSupervisor(supervisor, options.role, () => options.onAccepted?.());
    if (typeof answer === "object") return answer;
    if (answer === "dead" || (answer === "silent" && !isAlive(supervisor.pid))) {
      await spawnSupervisor(options, supervisor.generation + 1);
      continue;
    }
    if (answer === "silent") silentSince ??= Date.now();
    if (silentSince !== null && Date.now() - silentSince > silenceMs) {
      throw new Error(
        `The supervisor of the database in ${options.dataDir}, process ${supervisor.pid}, does not respond: end it and try again.`,
      );
    }
    await sleep(50);
  }
  throw new Error(
    `The database in ${options.dataDir} did not start within ${startTimeoutMs / 1000} s; see keeper.log there.`,
  );
}
