import { expect, it } from "vitest";
import { isDatabaseUnavailable } from "./connection-errors";
import { testDb } from "./testing/test-db";
import { withTransaction } from "./transaction";

const database = testDb();

it.each([
  ["40001", 3, false],
  ["40P01", 3, false],
  ["55P03", 1, false],
  ["53300", 1, true],
  ["57P01", 1, true],
  ["25006", 1, true],
  ["08006", 1, true],
])("F24: where the database says %s, a transaction is run %i time(s)", async (code, tries, away) => {
  const { sql } = database();
  await sql`
    create or replace function public.fail(code text) returns void language plpgsql as
    $$ begin raise exception using errcode = code; end $$`;
  let tried = 0;
  const work = withTransaction(database(), async ({ sql: tx }) => {
    tried++;
    if (tried < 3) await tx`select public.fail(${code})`;
    return "done";
  });
  const seen = await work.catch((error: unknown) => isDatabaseUnavailable(error));
  expect([seen, tried]).toEqual([tries === 3 ? "done" : away, tries]);
});
