import { expect, it } from "vitest";
import { stores } from "@/db/schema/stores";
import { testDb } from "./test-db";

const database = testDb();

it("gives a migrated database without rows", async () => {
  expect(await database().select().from(stores)).toEqual([]);
});

it("names the database that it opened", async () => {
  const [row] = await database().sql<{ name: string }[]>`select current_database() as name`;
  expect(new URL(database().url).pathname).toBe(`/${row?.name}`);
});
