import fc from "fast-check";
import { expect, it } from "vitest";
import { hoursFromOf } from "@/db/queries/bulk/earlier-hours";
import type { StoreFileKind } from "@/db/queries/bulk/store-values";
import { imports } from "@/db/schema/imports";
import { testDb } from "@/db/testing/test-db";
import { withTransaction } from "@/db/transaction";
import { importFile } from "./import-file";
import { clear, storeState } from "./test-support/import-text";
import { asSource, testNow } from "./test-support/read-bytes";
import { undoInTransaction } from "./undo-import";

const database = testDb();

const stores = ["a", "b", "c", "d"];
const arbStore = fc.constantFrom(...stores);
const arbTimes = fc.constantFrom("09:00,17:00", "08:00,12:00", "22:00,03:00", "closed,closed");
const file = (header: string, arbRow: fc.Arbitrary<string>) =>
  fc.uniqueArray(arbRow, { minLength: 1, maxLength: 8 }).map((rows) => [header, ...rows, ""].join("\n"));

const arbFiles: Record<StoreFileKind, fc.Arbitrary<string>> = {
  hours: file(
    "store_id,day,start_time_local,end_time_local",
    fc.tuple(arbStore, fc.integer({ min: 0, max: 6 }), arbTimes).map((row) => row.join(",")),
  ),
  timezones: file(
    "store_id,timezone_str",
    fc.tuple(arbStore, fc.constantFrom("Asia/Tokyo", "America/Denver", "")).map((row) => row.join(",")),
  ),
  stores: file(
    "store_id,name,brand,time_zone,tags,lifecycle",
    fc
      .tuple(
        ...[arbStore, fc.constantFrom("Bar", "Café", ""), fc.constantFrom("One", "")],
        ...[fc.constantFrom("Asia/Tokyo", "America/Denver", ""), fc.constantFrom("one;two", "two", "")],
        fc.constantFrom("active", "paused", "retired", ""),
      )
      .map((row) => row.join(",")),
  ),
  exceptions: file(
    "store_id,date,start_time_local,end_time_local",
    fc.tuple(arbStore, fc.constantFrom("2023-01-20", "2023-12-25"), arbTimes).map((row) => row.join(",")),
  ),
};

const kinds = ["hours", "timezones", "stores", "exceptions"] as const satisfies readonly StoreFileKind[];

const arbImport = fc.constantFrom(...kinds).chain((kind) =>
  fc.record({
    kind: fc.constant(kind),
    text: arbFiles[kind],
    hoursFrom: fc.constantFrom(null, "beginning", "2023-01-10"),
  }),
);

/** Imports a file, recording what it changes. @returns the import */
async function record({ kind, text, hoursFrom }: { kind: StoreFileKind; text: string; hoursFrom: string | null }) {
  const values = { kind, state: "queued", dryRun: false, abortOnReject: false } as const;
  const [row] = await database().insert(imports).values(values).returning({ id: imports.id, kind: imports.kind });
  if (row === undefined) throw new Error("The import was not inserted.");
  await importFile(database(), {
    kind,
    source: asSource([Buffer.from(text)]),
    now: testNow,
    hoursFrom: hoursFromOf(hoursFrom),
    record: { importId: row.id, settle: () => Promise.resolve() },
  });
  return row;
}

it("the undo of an import leaves what was there before it, after any earlier imports", async () => {
  let changes = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(arbImport, { maxLength: 2 }), arbImport, async (earlier, last) => {
      await clear(database());
      await database().sql`insert into stores (store_id) select * from unnest(${stores}::text[])`;
      // The hours of a file apply from the date of the newest poll.
      await database().sql`update fleet_state set newest_poll_at = '2023-01-24T17:00:00Z'`;
      for (const one of earlier) await record(one);
      const before = await storeState(database());
      const row = await record(last);
      if (JSON.stringify(await storeState(database())) !== JSON.stringify(before)) changes++;
      await withTransaction(database(), (tx) => undoInTransaction(tx, row));
      expect(await storeState(database())).toEqual(before);
      const rest = await database().sql`select from import_store_changes where import_id = ${row.id}`;
      expect(rest).toHaveLength(0);
    }),
    { numRuns: 20 },
  );
  expect(changes).toBeGreaterThan(5);
});
