import { beforeAll, expect, it, vi } from "vitest";
import { testDb } from "@/db/testing/test-db";
import { operations } from "@/lib/contract/operations";
import { callOperation } from "@/lib/contract/test-support/routes";
import { callBy } from "@/e2e/http/authorization/test-support/access-matrix";
import { changes, fromElsewhere, type Caller } from "@/e2e/http/authorization/test-support/access-rows";
import { plantAccessWorld, type AccessWorld } from "@/e2e/http/authorization/test-support/access-world";
import { tableContents } from "@/e2e/http/authorization/test-support/table-contents";

/** In open mode everyone on this machine has access, but pages of other sites in their browsers do not. */
const database = testDb();
const call = callBy(callOperation);
let world: AccessWorld;

beforeAll(async () => {
  vi.stubEnv("AUTH", "open");
  vi.stubEnv("DATABASE_URL", database().url);
  vi.resetModules();
  world = await plantAccessWorld(database());
}, 60_000);

const changing = operations.filter(changes).map((operation) => ({ id: operation.id, operation }));
const notFromElsewhere: readonly Caller[] = [{}, { "sec-fetch-site": "none" }, { "sec-fetch-site": "same-origin" }];
const stated = fromElsewhere.filter((headers) => Object.keys(headers).length > 0);

it.each(changing)("$id changes nothing for another site's page", async ({ operation }) => {
  const before = await tableContents(database());
  for (const headers of stated) {
    const { status, code } = await call(operation, headers, world.theirs);
    expect([headers, status, code]).toEqual([headers, 403, "cross_site_request"]);
  }
  expect(await tableContents(database())).toEqual(before);
});

it.each(changing)(
  "$id accepts requests of programs, of our own pages and of typed addresses",
  async ({ operation }) => {
    for (const headers of notFromElsewhere) {
      expect((await call(operation, headers, world.nobodys)).code).not.toBe("cross_site_request");
    }
  },
);
