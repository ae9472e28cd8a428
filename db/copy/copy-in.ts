import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import type { SqlOrTx } from "@/db/client";

/** A COPY that takes rows. */
export interface CopyIn {
  readonly input: Writable;
  /** Resolves when the rows are taken, rejects with what the server refused them for; somebody must await it. */
  readonly done: Promise<void>;
}

/** Begins a COPY. @param tx a transaction or a reserved connection   @param statement `copy … from stdin` */
export async function openCopyIn(tx: SqlOrTx, statement: string): Promise<CopyIn> {
  const query = tx.unsafe(statement);
  // Of what the server refuses when all rows have been sent the driver tells neither the stream nor the query, which has
  // been resolved with the stream by then: it only calls this, and would let us wait for ever.
  const refused = new Promise<never>((_resolve, reject) => {
    const tellQuery: unknown = Reflect.get(query, "reject");
    if (typeof tellQuery !== "function") throw new Error("The driver has no place to hear of a refusal at.");
    Reflect.set(query, "reject", (error: unknown) => {
      reject(error instanceof Error ? error : new Error(String(error)));
      Reflect.apply(tellQuery, query, [error]);
    });
  });
  const input = await Promise.race([query.writable(), refused]);
  return { input, done: Promise.race([finished(input), refused]) };
}
