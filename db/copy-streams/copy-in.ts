import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import type { Sql } from "@/db/client";

/** A COPY that receives rows. */
export interface CopyIn {
  readonly input: Writable;
  /** Resolves when all rows were accepted, rejects with the server's error. It must be awaited. */
  readonly done: Promise<void>;
}

/** Starts a COPY. @param tx a transaction or a reserved connection   @param statement `copy … from stdin` */
export async function openCopyIn(tx: Sql, statement: string): Promise<CopyIn> {
  const query = tx.unsafe(statement);
  // When the server rejects rows after all of them were sent, the driver reports it neither to the stream nor to the
  // query, which was resolved with the stream. It only calls this function. Without it we would wait forever.
  const refused = new Promise<never>((_resolve, reject) => {
    const tellQuery: unknown = Reflect.get(query, "reject");
    if (typeof tellQuery !== "function")
      throw new Error("The driver's query has changed: COPY errors cannot be received.");
    Reflect.set(query, "reject", (error: unknown) => {
      reject(error instanceof Error ? error : new Error(String(error)));
      Reflect.apply(tellQuery, query, [error]);
    });
  });
  const input = await Promise.race([query.writable(), refused]);
  return { input, done: Promise.race([finished(input), refused]) };
}
