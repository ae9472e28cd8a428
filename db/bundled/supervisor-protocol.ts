import type { Socket } from "node:net";

/** `start`: the one `npm start` of a data folder. `cli`: any number of commands beside it. */
export type ClientRole = "start" | "cli";

/** A client's first line. Later it may send `{ address }`. */
export interface ClientHandshake {
  readonly token: string;
  readonly role: ClientRole;
  readonly pid: number;
}

/**
 * The lines that a supervisor sends: its proof, whether it accepts the client, the state of the database; `url`
 * whenever it changes.
 */
export type SupervisorMessage =
  | { readonly proof: string }
  | { readonly accepted: true }
  | { readonly url: string; readonly description: string; readonly folder: string }
  | { readonly refused: { readonly pid: number; readonly address: string | null } }
  | { readonly failure: string }
  /** It is about to end: wait for that, then look for its successor. */
  | { readonly closing: true };

export function send(
  socket: Socket,
  message: ClientHandshake | SupervisorMessage | { readonly address: string },
): void {
  if (socket.writable) socket.write(`${JSON.stringify(message)}\n`);
}

/** Calls `handle` with each line that is a JSON object; closes the connection on anything else. */
export function onMessage(socket: Socket, handle: (message: Readonly<Record<string, unknown>>) => void): void {
  let rest = "";
  socket.setEncoding("utf8");
  socket.on("data", (chunk: string) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const message = parseObject(line);
      if (message) handle(message);
      else socket.destroy();
    }
    if (rest.length > 10_000) socket.destroy();
  });
}

function parseObject(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(line);
    return value !== null && typeof value === "object" ? Object.fromEntries(Object.entries(value)) : null;
  } catch {
    return null;
  }
}
