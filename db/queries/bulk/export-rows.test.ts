import { Readable } from "node:stream";
import { expect, it } from "vitest";
import type { Db } from "@/db/client";
import { exportRows } from "./export-rows";

it("cancels the COPY of an export that is no longer wanted, instead of reading the rest", async () => {
  const reason = new Error("The download was cancelled.");
  let sent = 0;
  // Without an end: only a cancellation ends it.
  const output = new Readable({
    read() {
      sent++;
      this.push(Buffer.from("a,active,2023-01-01 00:00:00.000 UTC\n"));
    },
  });
  const sql = { unsafe: () => ({ readable: () => Promise.resolve(output) }) };
  let taken = 0;
  let cancelled = 0;
  const take = (): Promise<void> => (++taken > 2 ? Promise.reject(reason) : Promise.resolve());
  const cancel = (): Promise<void> => {
    cancelled++;
    output.destroy(new Error("canceling statement due to user request"));
    return Promise.resolve();
  };
  const selection = { storeKeys: null, from: null, to: null, beforePlanned: [] };
  await expect(exportRows({ sql } as unknown as Db, "polls", selection, take, cancel)).rejects.toBe(reason);
  expect([taken, cancelled]).toEqual([3, 1]);
  expect(sent).toBeLessThan(10_000);
});
