import { connect, createServer, type Server, type Socket } from "node:net";

/** What happens to bytes: they pass, after a delay in ms, or they are dropped while the connection stays open. */
type Mode = { readonly delayMs: number } | "black hole";

/** A proxy between a program and its database that makes the network fail. */
export class TcpProxy {
  #server: Server | null = null;
  #port = 0;
  #mode: Mode = { delayMs: 0 };
  #bytesLeft = Infinity;
  readonly #sockets = new Set<Socket>();

  /** @param databaseUrl of the server behind it */
  constructor(private readonly databaseUrl: string) {}

  /** Of the database, through the proxy. */
  get url(): string {
    const url = new URL(this.databaseUrl);
    url.hostname = "127.0.0.1";
    url.port = String(this.#port);
    return url.href;
  }

  /** Accepts connections, at the same port each time. */
  accept(): Promise<void> {
    this.#mode = { delayMs: 0 };
    this.#bytesLeft = Infinity;
    const server = createServer((socket) => {
      this.#join(socket);
    });
    this.#server = server;
    return new Promise((resolve) => {
      server.listen(this.#port, "127.0.0.1", () => {
        const address = server.address();
        if (address && typeof address === "object") this.#port = address.port;
        resolve();
      });
    });
  }

  /** Cuts all connections and refuses new ones. */
  async refuse(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server === null) return;
    const closed = new Promise((resolve) => server.close(resolve));
    this.cut();
    await closed;
  }

  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Cuts all connections after this many more bytes in either direction. */
  cutAfter(bytes: number): void {
    this.#bytesLeft = bytes;
  }

  delay(ms: number): void {
    this.#mode = { delayMs: ms };
  }

  /**
   * Drops bytes silently; new connections are accepted without a response. Those opened before `heal` stay like that.
   */
  swallow(): void {
    this.#mode = "black hole";
  }

  heal(): void {
    this.#mode = { delayMs: 0 };
  }

  #join(near: Socket): void {
    const { hostname, port } = new URL(this.databaseUrl);
    const far = connect(Number(port), hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(from);
      from.on("error", () => from.destroy());
      from.on("close", () => {
        this.#sockets.delete(from);
        to.destroy();
      });
      from.on("data", (bytes: Buffer) => {
        this.#pass(bytes, to);
      });
    }
  }

  #pass(bytes: Buffer, to: Socket): void {
    if (this.#mode === "black hole") return;
    const passing = bytes.subarray(0, this.#bytesLeft);
    this.#bytesLeft -= passing.length;
    if (this.#bytesLeft <= 0) {
      this.#bytesLeft = Infinity;
      to.write(passing, () => {
        this.cut();
      });
      return;
    }
    const { delayMs } = this.#mode;
    if (delayMs === 0) to.write(passing);
    else setTimeout(() => to.write(passing), delayMs);
  }
}
