import type { Socket } from "node:net";

/** Units of parsing that one turn of the event loop may do. Then all connections wait for the next turn. */
const unitsPerTurn = 4_096;
/** A connection that uses this many in one turn waits until the others like it have had their turn. */
const heavyUnits = 1_024;

/** Why a connection is not being read. */
export type PauseReason = "turn" | "full" | "refused" | "pipeline";

/**
 * Shares the event loop between connections that are being read. Node reads up to 2 MiB from one connection at once,
 * and a parser makes an event of every few bytes: a million chunks of one byte each cause 350,000 events in one turn.
 * Parsers count units here (one per piece of a body, more per request). When a turn has used its units, connections are
 * paused, and the most expensive ones are resumed one per turn. At most one read (64 KiB) exceeds the limit.
 */
export class ReadScheduler {
  readonly #open = new Set<Socket>();
  readonly #holds = new WeakMap<Socket, Set<PauseReason>>();
  readonly #resumeListeners = new WeakMap<Socket, () => void>();
  readonly #units = new Map<Socket, number>();
  readonly #heavy = new Set<Socket>();
  readonly #waiting = new Set<Socket>();
  #total = 0;
  #isScheduled = false;

  /** Controls a connection until it closes. Called again when Node gives it another parser. */
  track(socket: Socket): void {
    const before = this.#resumeListeners.get(socket);
    // Node resumes reading at the end of each message, whoever paused it. This listener runs after its own and pauses
    // again.
    const keepHeld = (): void => {
      if (this.isHeld(socket)) socket.pause();
    };
    if (before !== undefined) socket.off("resume", before);
    socket.on("resume", keepHeld);
    this.#resumeListeners.set(socket, keepHeld);
    if (this.#open.has(socket)) return;
    this.#open.add(socket);
    socket.once("close", () => {
      for (const set of [this.#open, this.#heavy, this.#waiting]) set.delete(socket);
    });
  }

  /** Counts what a connection has cost in this turn. */
  count(socket: Socket, units: number): void {
    const own = (this.#units.get(socket) ?? 0) + units;
    this.#units.set(socket, own);
    this.#total += units;
    this.#schedule();
    if (own > heavyUnits) {
      this.#heavy.add(socket);
      this.#wait(socket);
    }
    if (this.#total > unitsPerTurn) for (const one of this.#open) this.#wait(one);
  }

  /** Pauses a connection until every reason for that is gone. */
  hold(socket: Socket, reason: PauseReason): void {
    const reasons = this.#holds.get(socket) ?? new Set();
    this.#holds.set(socket, reasons.add(reason));
    socket.pause();
  }

  release(socket: Socket, reason: PauseReason): void {
    const reasons = this.#holds.get(socket);
    if (reasons?.delete(reason) === true && reasons.size === 0 && !socket.destroyed) socket.resume();
  }

  isHeld(socket: Socket): boolean {
    return (this.#holds.get(socket)?.size ?? 0) > 0;
  }

  #wait(socket: Socket): void {
    if (this.#waiting.has(socket)) return;
    this.#waiting.add(socket);
    this.hold(socket, "turn");
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(this.#turn);
  }

  readonly #turn = (): void => {
    this.#isScheduled = false;
    this.#total = 0;
    this.#units.clear();
    const [next] = this.#heavy;
    if (next !== undefined) this.#heavy.delete(next);
    for (const socket of this.#waiting) {
      if (this.#heavy.has(socket)) continue;
      this.#waiting.delete(socket);
      this.release(socket, "turn");
    }
    if (this.#heavy.size > 0) this.#schedule();
  };
}
