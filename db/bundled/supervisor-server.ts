import { createServer, type Socket } from "node:net";
import type { SupervisorFile } from "./supervisor-file";
import { type SupervisorMessage, onMessage, send } from "./supervisor-protocol";

const firstClientMs = 15_000;

/** Accepts clients, counts them, and tells them the state of the database. */
export class SupervisorServer {
  private readonly server = createServer({ allowHalfOpen: true }, (socket) => {
    this.receive(socket);
  });
  private readonly sockets = new Set<Socket>();
  private readonly clients = new Set<Socket>();
  private starter: { readonly pid: number; address: string | null } | null = null;
  private status: SupervisorMessage | null = null;
  private file: SupervisorFile | null = null;
  private leave: () => void = () => undefined;

  /** Starts to listen; responds to no one before `open`. */
  listen(): Promise<number> {
    return new Promise((resolve, reject) => {
      this.server.on("error", reject);
      this.server.listen(0, "127.0.0.1", () => {
        const address = this.server.address();
        if (address && typeof address === "object") resolve(address.port);
      });
    });
  }

  /** Resolves when the last client has left, when none came in time, or on `signal`. */
  open(file: SupervisorFile, signal: AbortSignal): Promise<void> {
    this.file = file;
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        if (this.clients.size === 0) this.leave();
      }, firstClientMs);
      this.leave = () => {
        clearTimeout(timer);
        this.status = { closing: true };
        resolve();
      };
      signal.addEventListener("abort", this.leave, { once: true });
    });
  }

  announce(status: SupervisorMessage): void {
    if (this.status && "closing" in this.status) return;
    this.status = status;
    for (const client of this.clients) send(client, status);
  }

  close(): void {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }

  private receive(socket: Socket): void {
    let known = false;
    let starter: typeof this.starter = null;
    this.sockets.add(socket);
    socket.setNoDelay(true);
    socket.on("error", () => undefined);
    const drop = () => {
      if (starter !== null && this.starter === starter) this.starter = null;
      if (this.clients.delete(socket) && this.clients.size === 0) this.leave();
    };
    const timeout = setTimeout(() => socket.destroy(), 5_000);
    socket.on("close", () => {
      clearTimeout(timeout);
      this.sockets.delete(socket);
      drop();
    });
    // A client that leaves in order closes its half, and our half closes when the database has stopped or is still in
    // use.
    socket.on("end", () => {
      drop();
      if (this.clients.size > 0 || !known) socket.end();
    });
    onMessage(socket, (message) => {
      if (known) {
        if (starter && typeof message.address === "string") starter.address = message.address;
        return;
      }
      if (!this.file || message.token !== this.file.token || typeof message.pid !== "number") {
        socket.destroy();
        return;
      }
      known = true;
      clearTimeout(timeout);
      send(socket, { proof: this.file.proof });
      if (this.status && "closing" in this.status) {
        send(socket, this.status);
        return;
      }
      if (message.role === "start" && this.starter) {
        send(socket, { refused: this.starter });
        return;
      }
      if (message.role === "start") this.starter = starter = { pid: message.pid, address: null };
      this.clients.add(socket);
      send(socket, { accepted: true });
      if (this.status) send(socket, this.status);
    });
  }
}
