import { expect, it } from "vitest";
import { testDb } from "@/db/testing/test-db";
import { mergePollsFunction } from "./merge-polls-function";

const database = testDb();

async function installed(): Promise<string> {
  const [row] = await database().sql<{ text: string }[]>`
    select pg_get_functiondef('merge_polls'::regproc) as text`;
  return row?.text ?? "";
}

it("The migrations result in the function that the rule generates", async () => {
  const ofMigrations = await installed();
  await database().sql.unsafe(mergePollsFunction);
  expect(ofMigrations, `Add a migration with this text:\n\n${mergePollsFunction}`).toBe(await installed());
});
