import { randomUUID } from "node:crypto";
import { beforeAll, expect, it } from "vitest";
import type { z } from "zod";
import type { ImportKindName } from "@/lib/contract/imports";
import { StoreDetailSchema } from "@/lib/contract/stores";
import { rejectsOf, send, type ListedReject, type SentFile } from "./files";
import { ask, bodyOf } from "./http";

/** An id that no other row has, in any file. */
export function id(): string {
  return `row-${randomUUID()}`;
}

const headers = {
  polls: "store_id,status,timestamp_utc",
  hours: "store_id,day,start_time_local,end_time_local",
  timezones: "store_id,timezone_str",
  stores: "store_id,name",
  exceptions: "store_id,date,start_time_local,end_time_local",
} satisfies Record<ImportKindName, string>;

/** Sends rows as one file of the kind. */
export function sendRows(kind: ImportKindName, rows: readonly string[], query = ""): Promise<SentFile> {
  return send(kind, [headers[kind], ...rows, ""].join("\n"), { query });
}

export async function storeOf(storeId: string): Promise<z.output<typeof StoreDetailSchema>> {
  return bodyOf(await ask(`/api/v1/stores/${storeId}`), StoreDetailSchema);
}

/** A row of the bad-input table, its text, and the code that it is rejected with. */
export type Refused = readonly [row: string, text: string, code: string];

/** Sends all rows as one short file, of which none is kept; each row is then looked up by its line. */
export function refuses(kind: ImportKindName, rows: readonly Refused[], write: (text: string) => string): void {
  let rejects: ReadonlyMap<number, ListedReject> = new Map();
  beforeAll(async () => {
    const sent = await sendRows(
      kind,
      rows.map(([, text]) => write(text)),
    );
    expect(rows.length).toBeLessThan(100);
    expect(sent).toMatchObject({ outcome: "complete_with_rejects", import: { counts: { accepted: 0 } } });
    rejects = new Map((await rejectsOf(sent)).map((reject) => [reject.line, reject]));
  });
  it.each(rows.map((row, i) => [...row, i + 2] as const))("%s rejects %s: %s", (_row, _text, code, line) => {
    expect(rejects.get(line)).toMatchObject({ code });
    expect(rejects.get(line)?.reason.length).toBeGreaterThan(10);
  });
}
