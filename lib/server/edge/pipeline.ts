import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { ReadScheduler } from "./read-scheduler";
import { hasBody } from "./upgrade";

/** Pipelined requests per connection. At this number the connection is not read any further. */
const maxWaiting = 16;
/** The cost of parsing a request in units of `ReadScheduler`: this, and one for every four lines of its head. */
const requestUnits = 8;
const linesPerUnit = 4;

type Begin = (request: IncomingMessage, response: ServerResponse) => void;

/** The requests of one connection: the one in progress, and those that wait behind it. */
interface RequestQueue {
  current: ServerResponse;
  readonly waiting: ServerResponse[];
}

/**
 * `destroy` of a request that waits and has no body. When a connection closes, Node destroys all its requests in one turn,
 * each with an error whose stack it maps to the sources: 200 ms for 20 connections. Nothing listens to these yet.
 */
function dropWaiting(this: IncomingMessage): IncomingMessage {
  return this;
}

/**
 * Starts the requests of one connection one after another, each in its own turn of the event loop after the response to
 * the one before. One read can hold 2,500 pipelined requests. Each costs nothing here until its turn.
 */
export class Pipeline {
  readonly #queues = new WeakMap<Socket, RequestQueue>();

  constructor(
    private readonly scheduler: ReadScheduler,
    private readonly begin: Begin,
  ) {}

  /** The last response of a connection, started or waiting. */
  last(socket: Socket): ServerResponse | undefined {
    const queue = this.#queues.get(socket);
    return queue?.waiting.at(-1) ?? queue?.current;
  }

  /** Begins a request, or keeps it until the response before it on its connection has been sent. */
  take(request: IncomingMessage, response: ServerResponse): void {
    const { socket } = request;
    const headerLines = request.rawHeaders.length / 2;
    this.scheduler.count(socket, requestUnits + Math.floor(headerLines / linesPerUnit));
    const queue = this.#queues.get(socket);
    if (queue === undefined || (queue.current.closed && queue.waiting.length === 0)) {
      this.#start(socket, { current: response, waiting: queue?.waiting ?? [] });
      return;
    }
    queue.waiting.push(response);
    if (!hasBody(request)) request.destroy = dropWaiting;
    if (queue.waiting.length === maxWaiting) this.scheduler.hold(socket, "pipeline");
  }

  #start(socket: Socket, queue: RequestQueue): void {
    this.#queues.set(socket, queue);
    const { current } = queue;
    Reflect.deleteProperty(current.req, "destroy");
    current.once("close", () => {
      setImmediate(() => {
        if (socket.destroyed || this.#queues.get(socket) !== queue) return;
        const next = queue.waiting.shift();
        if (queue.waiting.length < maxWaiting) this.scheduler.release(socket, "pipeline");
        if (next !== undefined) this.#start(socket, { current: next, waiting: queue.waiting });
      });
    });
    this.begin(current.req, current);
  }
}
