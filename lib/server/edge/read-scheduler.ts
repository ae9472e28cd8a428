import type { Socket } from "node:net";

/** Units of parsing that one turn of the event loop may do; then all connections wait for the next turn. */
const unitsPerTurn = 4_096;
/** A connection that alone takes so many in a turn waits until all others of its kind have had their turn. */
const heavyUnits = 1_024;

/** Why a connection is not read from. */
export type HoldReason = "turn" | "full" | "refused" | "pipeline";

/**
 * Shares the event loop between connections while they are read. Node reads up to 2 MiB from one connection in one
 * go, and a parser makes an event of every few bytes: of a million chunks of one byte each, 350,000 events in one turn.
 * Whoever parses counts units here (one for each piece of a body, more for a request); where a turn has had enough,
 * connections are held, and those that cost most are let go on one at a turn. At most one read (64 KiB) goes beyond.
 */
export class ReadScheduler {
  readonly #open = new Set<Socket>();
  readonly #holds = new WeakMap<Socket, Set<HoldReason>>();
  readonly #resumeListeners = new WeakMap<Socket, () => void>();
  readonly #units = new Map<Socket, number>();
  readonly #heavy = new Set<Socket>();
  readonly #waiting = new Set<Socket>();
  #total = 0;
  #isScheduled = false;

  /** Takes a connection under control until it closes; again where Node gives it another parser. */
  track(socket: Socket): void {
    const before = this.#resumeListeners.get(socket);
    // Node reads on at the end of each message, whoever has paused: what it does is undone behind its own listener.
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

  /** Stops reading from a connection until every reason for it is gone. */
  hold(socket: Socket, reason: HoldReason): void {
    const reasons = this.#holds.get(socket) ?? new Set();
    this.#holds.set(socket, reasons.add(reason));
    socket.pause();
  }

  release(socket: Socket, reason: HoldReason): void {
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
