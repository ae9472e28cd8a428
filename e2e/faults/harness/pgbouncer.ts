import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { chooseRunAs } from "@/db/bundled/run-as";
import { until } from "@/db/testing/holders";
import { installByApt } from "@/e2e/apt";
import { freePort } from "./free-port";

const places = ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer", "/opt/homebrew/bin/pgbouncer"];
/** The settings of the Debian package, which most installations start with. */
const shipped = "/etc/pgbouncer/pgbouncer.ini";

/** The program, installed by apt if possible; null when it is not available. */
export function findPgBouncer(): string | null {
  const find = (): string | undefined =>
    places.find((place) => existsSync(place) && spawnSync(place, ["--version"]).status === 0);
  return find() ?? (installByApt("pgbouncer") ? (find() ?? null) : null);
}

function shippedSettings(): string {
  try {
    return readFileSync(shipped, "utf8");
  } catch {
    return "[pgbouncer]\nauth_type = md5";
  }
}

/** A PgBouncer in transaction mode in front of a test's server, otherwise with the package's settings. */
export class PgBouncer {
  #child: ChildProcess | null = null;
  #port = 0;
  readonly #folder = mkdtempSync(join(tmpdir(), "store-monitoring-pgbouncer-"));

  /**
   * @param databaseUrl of the server behind it
   * @param settings lines of the section [pgbouncer]
   */
  constructor(
    private readonly program: string,
    private readonly databaseUrl: string,
    private readonly settings: Readonly<Record<string, string | number>> = {},
  ) {}

  /** Of the database, through the pooler. */
  get url(): string {
    const url = new URL(this.databaseUrl);
    url.hostname = "127.0.0.1";
    url.port = String(this.#port);
    return url.href;
  }

  /** Starts it, at the same port each time, and waits until it responds. */
  async start(): Promise<void> {
    if (this.#port === 0) this.#port = await freePort();
    const runAs = this.#configure();
    this.#child = spawn(this.program, ["-q", this.#file("pgbouncer.ini")], {
      stdio: ["ignore", "ignore", "inherit"],
      ...(runAs === null ? {} : { uid: runAs.uid, gid: runAs.gid }),
    });
    await until(() => this.#answers());
  }

  /** Without a prepared statement, which would stay behind on the server's connection. */
  async #answers(): Promise<boolean> {
    const sql = postgres(this.url, { max: 1, connect_timeout: 5, fetch_types: false, prepare: false });
    try {
      return (await sql`select 1`).length === 1;
    } catch {
      return false;
    } finally {
      await sql.end({ timeout: 1 });
    }
  }

  /** Ends it at once, and every connection with it. */
  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await gone;
  }

  async close(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #configure() {
    const { hostname, port, username, password } = new URL(this.databaseUrl);
    chmodSync(this.#folder, 0o711);
    const runAs = chooseRunAs(this.#folder);
    const settings = {
      ...{ logfile: "", pidfile: "", unix_socket_dir: "", listen_addr: "127.0.0.1", listen_port: this.#port },
      ...{ auth_file: this.#file("userlist.txt"), pool_mode: "transaction" },
      ...this.settings,
    };
    const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
    this.#write(
      "pgbouncer.ini",
      `${shippedSettings()}\n[databases]\n* = host=${hostname} port=${port}\n[pgbouncer]\n${lines.join("\n")}\n`,
    );
    this.#write("userlist.txt", `"${username}" "${decodeURIComponent(password)}"\n`);
    return runAs;
  }

  #file(name: string): string {
    return join(this.#folder, name);
  }

  #write(name: string, text: string): void {
    // The program runs as another user when we are root.
    writeFileSync(this.#file(name), text, { mode: 0o644 });
  }
}
