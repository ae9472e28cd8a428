import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import { testDb } from "@/db/testing/test-db";
import { EditStoreSchema } from "@/lib/contract/store-edit";
import { StoreCsvQuerySchema } from "@/lib/contract/stores";
import { openViewer } from "@/lib/server/access/viewer";
import { importText } from "@/lib/server/imports/test-support/import-text";
import { streamStoresCsv } from "./stores-csv";
import { makeSnapshot } from "@/lib/server/reports/test-support/compute-next-report";

const database = testDb();
/** A formula may start like these, and so may an id. */
const ids = [
  "8419537941919820732",
  "-starts-with-a-hyphen",
  "--1",
  "00",
  "plain",
  "d84a4552-3668-4075-ad1d-16840294f818",
];

beforeAll(async () => {
  const { sql } = database();
  await sql`create table polls_all partition of polls default`;
  await sql`insert into stores (store_id) select unnest(${ids}::text[])`;
  await sql`insert into polls (store_key, at, active) select store_key, '2023-01-25T10:00:00Z', true from stores`;
  await sql`update fleet_state set newest_poll_at = '2023-01-25T10:00:00Z', data_version = 1`;
  await makeSnapshot(database());
});

async function exported(): Promise<string> {
  const { body } = await streamStoresCsv(database(), openViewer, StoreCsvQuerySchema.parse({ sort: "store_id" }));
  return Buffer.from(await new Response(body).arrayBuffer()).toString();
}

/** Every name that the API accepts. */
const arbText = fc
  .tuple(
    fc.constantFrom(
      "",
      "",
      "'",
      "''",
      "=",
      "'=",
      "''=",
      "+",
      "-",
      "@",
      "＝",
      "'＋",
      "－",
      "＠",
      '"',
      ",",
      " ",
      "\u00a0",
    ),
    fc.string({ unit: "grapheme", maxLength: 30 }),
    fc.constantFrom("", "", '"', "\u2003", "\u00a0", "'", ",", "\r\n"),
  )
  .map((parts) => EditStoreSchema.parse({ name: parts.join("") }).name ?? null);

it("I4 what is exported and imported again is the same to the byte, and so are the names stored for it", async () => {
  const { sql } = database();
  const named = () => sql`
    select store_id, name, brand, group_name, time_zone, tags, lifecycle from stores order by store_id collate "C"`;
  const details = fc.record({
    ...{ name: arbText, brand: arbText, group: arbText },
    zone: fc.constantFrom(null, "Asia/Tokyo", "America/Denver"),
    tags: fc.uniqueArray(fc.constantFrom("airport", "late", "=1+1", "café au lait"), { maxLength: 3 }),
    lifecycle: fc.constantFrom("active", "paused"),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(details, { minLength: ids.length, maxLength: ids.length }), async (all) => {
      for (const [i, { name, brand, group, zone, tags, lifecycle }] of all.entries()) {
        await sql`
          update stores set name = ${name}, brand = ${brand}, group_name = ${group}, time_zone = ${zone},
            tags = ${tags.toSorted()}::text[], lifecycle = ${lifecycle}
          where store_id = ${ids[i] ?? ""}`;
      }
      const [text, before] = [await exported(), await named()];
      for (const row of parse(text, { columns: true })) {
        // A spreadsheet takes none of it for a formula.
        for (const cell of Object.values(row as Record<string, string>)) expect(cell).not.toMatch(/^[=+\-@＝＋－＠]/);
      }
      await sql`
        update stores set name = 'other', brand = null, group_name = null, time_zone = 'Asia/Kolkata', tags = '{other}',
          lifecycle = 'retired'`;
      const result = await importText(database(), "stores", text);
      expect(result).toMatchObject({ outcome: "complete", counts: { accepted: ids.length, rejected: 0 } });
      expect(await named()).toEqual(before);
      expect(await exported()).toBe(text);
    }),
    { numRuns: 40 },
  );
});
