import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { ReadScheduler } from "./read-scheduler";

/** Pipelined requests per connection. At this number the connection is not read any further. */
const maxWaiting = 16;
/** The cost of parsing a request in units of `ReadScheduler`: this, and one for every four lines of its head. */
const requestUnits = 8;
const linesPerUnit = 4;

type Begin = (request: IncomingMessage, response: ServerResponse) => void;

/** The requests of one connection: the one in progress, and those that wait behind it. */
interface Line {
  current: ServerResponse;
  readonly waiting: ServerResponse[];
}

/**
 * Starts the requests of one connection one after another, each in its own turn of the event loop after the response to
 * the one before. One read can hold 2,500 pipelined requests. Each costs nothing here until its turn.
 */
export class Pipeline {
  readonly #lines = new WeakMap<Socket, Line>();

  constructor(
    private readonly turns: ReadScheduler,
    private readonly begin: Begin,
  ) {}

  /** The last response of a connection, started or waiting. */
  last(socket: Socket): ServerResponse | undefined {
    const line = this.#lines.get(socket);
    return line?.waiting.at(-1) ?? line?.current;
  }

  take(request: IncomingMessage, response: ServerResponse): void {
    const { socket } = request;
    const lines = request.rawHeaders.length / 2;
    this.turns.count(socket, requestUnits + Math.floor(lines / linesPerUnit));
    const line = this.#lines.get(socket);
    if (line === undefined || (line.current.closed && line.waiting.length === 0)) {
      this.#start(socket, { current: response, waiting: line?.waiting ?? [] });
      return;
    }
    line.waiting.push(response);
    if (line.waiting.length === maxWaiting) this.turns.hold(socket, "pipeline");
  }

  #start(socket: Socket, line: Line): void {
    this.#lines.set(socket, line);
    const { current } = line;
    current.once("close", () => {
      setImmediate(() => {
        if (socket.destroyed || this.#lines.get(socket) !== line) return;
        const next = line.waiting.shift();
        if (line.waiting.length < maxWaiting) this.turns.release(socket, "pipeline");
        if (next !== undefined) this.#start(socket, { current: next, waiting: line.waiting });
      });
    });
    this.begin(current.req, current);
  }
}
