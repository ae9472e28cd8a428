import { connect, type Socket } from "node:net";

/** Address of a server: a Unix socket, or a host and a port. */
export interface ServerAddress {
  readonly path: string | null;
  readonly host: string;
  readonly port: number;
}

/** After this long without a byte from the server, on any connection, it is probed. */
const silentMs = 4_000;
const answerMs = 2_000;
const lookMs = 1_000;
/** Failed probes in a row after which silent connections are closed. */
const failuresToGiveUp = 2;
/** A connection that has been silent for the statement timeout plus this margin is dead. */
const marginMs = 5_000;

/**
 * How long the description of a statement may take through a pooler, in ms. It executes nothing, and the driver requests
 * it before each statement with parameters that is not prepared. PgBouncer 1.18 sometimes never responds to it, without
 * any error, and then no statement timeout applies, because the server runs nothing.
 */
export const pooledDescribeMs = 10_000;
/** The message `Flush`, with which such a request ends. */
const flush = Buffer.from([72, 0, 0, 0, 4]);

/** Asks for TLS (`SSLRequest`), to which a server responds with one byte before any sign-in. */
const question = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

interface Watched {
  readonly socket: Socket;
  heardAt: number;
  saidAt: number;
  /** Whether it only waits for a description: its last message requests one, and it waited for nothing before. */
  isDescribing: boolean;
}

/**
 * Creates a pool's connections and closes dead ones. A connection that was cut silently (a cable, a firewall that
 * dropped its state) looks like a long query: the kernel needs a quarter of an hour to report it if data was sent, and
 * until then the pool would use it. With TLS the driver wraps the socket, so only dead hosts are detected.
 */
export class DeadConnectionDetector {
  readonly #watched = new Set<Watched>();
  #timer: NodeJS.Timeout | null = null;
  #failures = 0;
  #asking = false;
  /** Last byte on any connection. Opening a new one is no sign of life, because it may wait for its first byte. */
  #heardAt = 0;

  /**
   * @param statementTimeoutMs after which the server itself ends a statement; 0: never
   * @param describeMs after which a description counts as lost; infinite where the server itself responds
   */
  constructor(
    private readonly address: ServerAddress,
    private readonly statementTimeoutMs: number,
    private readonly describeMs: () => number,
  ) {}

  /** A socket about to be connected, for the driver. */
  open(): Socket {
    const { path, host, port } = this.address;
    const socket = path === null ? connect(port, host) : connect(path);
    // The driver reads these to name the server for TLS.
    Object.assign(socket, { host, port });
    const watched = { socket, heardAt: performance.now(), saidAt: -Infinity, isDescribing: false };
    const write = socket.write.bind(socket) as (...args: unknown[]) => boolean;
    socket.write = (...args: unknown[]): boolean => {
      const isIdle = watched.heardAt >= watched.saidAt;
      watched.saidAt = performance.now();
      watched.isDescribing = isIdle && args[0] instanceof Uint8Array && flush.equals(args[0].subarray(-flush.length));
      return write(...args);
    };
    socket.on("data", () => {
      this.#heardAt = watched.heardAt = performance.now();
    });
    if (this.#watched.size === 0) this.#heardAt = performance.now();
    this.#watched.add(watched);
    this.#timer ??= setInterval(() => void this.#look(), lookMs).unref();
    return socket;
  }

  async #look(): Promise<void> {
    for (const watched of this.#watched) if (watched.socket.destroyed) this.#watched.delete(watched);
    if (this.#watched.size === 0) {
      if (this.#timer !== null) clearInterval(this.#timer);
      this.#timer = null;
      this.#failures = 0;
      return;
    }
    const now = performance.now();
    const waiting = [...this.#watched].filter(({ saidAt, heardAt }) => saidAt > heardAt);
    this.#giveUp(waiting.filter(({ saidAt, isDescribing }) => isDescribing && now - saidAt > this.describeMs()));
    if (this.statementTimeoutMs > 0) {
      const maxMs = this.statementTimeoutMs + marginMs;
      this.#giveUp(waiting.filter(({ saidAt }) => now - saidAt > maxMs));
    }
    if (now - this.#heardAt < silentMs) {
      this.#failures = 0;
      return;
    }
    if (waiting.length === 0 || this.#asking) return;
    this.#asking = true;
    const answered = await this.#ask();
    this.#asking = false;
    this.#failures = answered ? 0 : this.#failures + 1;
    if (this.#failures >= failuresToGiveUp) this.#giveUp([...this.#watched]);
  }

  #giveUp(some: readonly Watched[]): void {
    for (const { socket } of some) {
      socket.destroy(Object.assign(new Error("The database connection is dead."), { code: "ETIMEDOUT" }));
    }
  }

  /**
   * Whether a new connection gets a response. A refusal counts: a host that refuses would also reset the old
   * connections.
   */
  #ask(): Promise<boolean> {
    return new Promise((resolve) => {
      const { path, host, port } = this.address;
      const socket = path === null ? connect(port, host) : connect(path);
      const end = (answered: boolean): void => {
        clearTimeout(timer);
        socket.destroy();
        resolve(answered);
      };
      const timer = setTimeout(() => {
        end(false);
      }, answerMs);
      socket.once("data", () => {
        end(true);
      });
      socket.once("error", () => {
        end(true);
      });
      socket.once("close", () => {
        end(true);
      });
      socket.write(question);
    });
  }
}
