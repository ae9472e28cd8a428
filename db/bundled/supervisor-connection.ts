import { createConnection, type Socket } from "node:net";
import type { SupervisorFile } from "./supervisor-file";
import { type ClientRole, onMessage, send } from "./supervisor-protocol";

/** A connection to a supervisor, which keeps the database running while the connection is open. */
export interface SupervisorConnection {
  url: string;
  readonly description: string;
  /** Folder of the database's files. */
  readonly folder: string;
  onUrl: (url: string) => void;
  onClose: () => void;
  tellAddress(address: string): void;
  /** Resolves when the database has stopped, or at once while others use it. */
  leave(): Promise<void>;
}

/** Another process is the `npm start` of this data folder. */
export class AlreadyStartedError extends Error {
  constructor(
    readonly pid: number,
    /** Null during its start. */
    readonly address: string | null,
  ) {
    super(address === null ? `already starting (process ${pid})` : `already running at ${address} (process ${pid})`);
    this.name = "AlreadyStartedError";
  }
}

const proofMs = 5_000;
const leaveMs = 10_000;

/**
 * Connects to the supervisor named in a file and waits for its database.
 * @param onAccepted called when the supervisor accepts us, possibly well before the database runs
 * @returns the connection; `dead` when nothing listens; `silent` when the listener does not prove to be the supervisor;
 *   `closing` when it is about to end
 * @throws {AlreadyStartedError} for a second `start`   @throws {Error} with the reason why the database does not run
 */
export function connectToSupervisor(
  file: SupervisorFile,
  role: ClientRole,
  onAccepted: () => void,
): Promise<SupervisorConnection | "dead" | "silent" | "closing"> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host: "127.0.0.1", port: file.port });
    const seen = { refused: false, proof: false };
    let connection: SupervisorConnection | null = null;
    const timeout = setTimeout(() => socket.destroy(), proofMs);
    const fail = (error: Error) => {
      socket.destroy();
      reject(error);
    };
    socket.setNoDelay(true);
    socket.on("connect", () => {
      send(socket, { token: file.token, role, pid: process.pid });
    });
    socket.on("error", (error) => {
      seen.refused = "code" in error && error.code === "ECONNREFUSED";
    });
    socket.on("close", () => {
      clearTimeout(timeout);
      resolve(seen.refused ? "dead" : seen.proof ? "closing" : "silent");
      connection?.onClose();
    });
    onMessage(socket, (message) => {
      if (!seen.proof) {
        seen.proof = message.proof === file.proof;
        if (seen.proof) clearTimeout(timeout);
        else socket.destroy();
      } else if (typeof message.url === "string" && connection) {
        if (connection.url === message.url) return;
        connection.url = message.url;
        connection.onUrl(message.url);
      } else if (typeof message.url === "string") {
        connection = {
          url: message.url,
          description: String(message.description),
          folder: String(message.folder),
          onUrl: () => undefined,
          onClose: () => undefined,
          tellAddress: (address) => {
            send(socket, { address });
          },
          leave: () => hangUp(socket),
        };
        socket.unref();
        resolve(connection);
      } else if (message.accepted === true) {
        onAccepted();
      } else if (typeof message.failure === "string") {
        fail(new Error(message.failure));
      } else if (message.refused) {
        fail(refusal(message.refused));
      }
    });
  });
}

function hangUp(socket: Socket): Promise<void> {
  if (socket.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    socket.ref();
    socket.on("close", () => {
      resolve();
    });
    socket.setTimeout(leaveMs, () => socket.destroy());
    socket.end();
  });
}

function refusal(refused: object): AlreadyStartedError {
  const { pid, address } = refused as { readonly pid?: unknown; readonly address?: unknown };
  return new AlreadyStartedError(Number(pid), typeof address === "string" ? address : null);
}
