import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { ReadTurns } from "./read-turns";

/** Requests of one connection that may wait for the answers to those before; then it is not read from. */
const mostWaiting = 16;
/** What the parsing of a request costs, in units of `ReadTurns`. */
const requestUnits = 8;

type Begin = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Begins the requests of one connection one after another, each in a turn of its own after the answer to the one
 * before. Sent without waiting for answers, 2,500 of them fit into one read.
 */
export class Pipeline {
  readonly #last = new WeakMap<Socket, ServerResponse>();
  readonly #waiting = new WeakMap<Socket, number>();

  constructor(
    private readonly turns: ReadTurns,
    private readonly begin: Begin,
  ) {}

  /** The last answer of a connection, begun or waiting. */
  last(socket: Socket): ServerResponse | undefined {
    return this.#last.get(socket);
  }

  take(request: IncomingMessage, response: ServerResponse): void {
    const { socket } = request;
    const before = this.#last.get(socket);
    this.#last.set(socket, response);
    this.turns.count(socket, requestUnits);
    if (before === undefined || before.closed) {
      this.begin(request, response);
      return;
    }
    if (this.#wait(socket, 1) > mostWaiting) this.turns.hold(socket, "pipeline");
    before.once("close", () => {
      setImmediate(() => {
        if (this.#wait(socket, -1) <= mostWaiting) this.turns.release(socket, "pipeline");
        if (!socket.destroyed) this.begin(request, response);
      });
    });
  }

  #wait(socket: Socket, more: number): number {
    const waiting = (this.#waiting.get(socket) ?? 0) + more;
    this.#waiting.set(socket, waiting);
    return waiting;
  }
}
