import { expect, it } from "vitest";
import { testDb } from "@/db/testing/test-db";
import { changeAs } from "./as-viewer";
import { getInvitations, invite } from "./invitations";
import { changePerson, getPeople } from "./manage-people";
import { openViewer } from "./viewer";

const database = testDb();

it("names the stores that people and invitations are granted, where they have names", async () => {
  const { sql } = database();
  await sql`insert into stores (store_id, name) values ('b', 'Oak Ave'), ('a', 'Main St'), ('c', null), ('d', 'Elm St')`;
  const [row] = await sql<{ id: string }[]>`
    insert into people (email, name, role, password_hash) values ('o@example.org', 'Olu', 'owner', 'x') returning id`;
  const grants = ["a", "c", "b"].map((id) => ({ store_id: id, manage: id === "a" }));
  await changePerson(database(), openViewer, Number(row?.id), { grants: [...grants, { group: "d", manage: false }] });
  const people = await getPeople(database(), openViewer);
  expect(people.granted_stores).toEqual([
    { store_id: "a", name: "Main St" },
    { store_id: "b", name: "Oak Ave" },
  ]);
  const body = { email: "i@example.org", role: "owner", grants: [{ store_id: "d", manage: true }] } as const;
  await changeAs(database(), openViewer, (tx, current) => invite(tx, current, { ...body, grants: [...body.grants] }));
  const invitations = await getInvitations(database(), openViewer);
  expect(invitations.granted_stores).toEqual([{ store_id: "d", name: "Elm St" }]);
});
