import type { Database, Db } from "@/db/client";
import { revokeKeysOf, listKeys } from "@/db/queries/api-keys";
import { listAuditEntries } from "@/db/queries/audit-entries";
import { listGrants, replaceGrants } from "@/db/queries/grants";
import {
  changePerson as updatePerson,
  countOperators,
  deletePerson,
  findPerson,
  listPeople,
  lockPerson,
  type PersonRow,
} from "@/db/queries/people";
import { deleteSessionsOf, listSessions } from "@/db/queries/sessions";
import type { ChangePerson, Person, PersonExport, PersonList } from "@/lib/contract/access";
import { AppError } from "@/lib/server/errors";
import { isoInstant, isoOrNull } from "@/lib/server/wire/instants";
import { changeAccounts, changeAs } from "./as-viewer";
import { namesIn, readGrants, toGrants } from "./invitations";
import { personPrincipal } from "./person-viewer";
import { recordAudit } from "./record-audit";
import { requireFleet, requireScope, type CurrentViewer, type Viewer } from "./viewer";

/** Everyone who can sign in. */
export async function getPeople(db: Db, viewer: Viewer): Promise<PersonList> {
  requireFleet(viewer);
  const [rows, grants] = await Promise.all([listPeople(db), listGrants(db)]);
  const owners = new Set(rows.filter(({ role }) => role === "owner").map(({ id }) => id));
  const given = [...grants].flatMap(([id, ofPerson]) => (owners.has(id) ? ofPerson : []));
  return {
    granted_stores: await namesIn(db, given),
    people: rows.map((row) => ({
      id: row.id,
      name: row.name,
      email: row.email,
      role: row.role,
      grants: row.role === "operator" ? [] : toGrants(grants.get(row.id) ?? []),
      created_at: isoInstant(row.createdAt),
      last_seen_at: isoOrNull(row.lastSeenAt),
    })),
  };
}

function notFound(): AppError {
  return new AppError("person_not_found", "There is no such person.");
}

/** @throws AppError person_not_found, both for a person that does not exist and for one that the viewer may not see */
function requireSelfOrOperator(viewer: Viewer, id: number | null): void {
  if (id !== null && viewer.principal === personPrincipal(id)) return;
  if (viewer.stores !== "all") throw notFound();
  requireScope(viewer, "admin");
}

async function readPerson(session: Db, viewer: Viewer, id: number | null): Promise<Person> {
  const { people } = await getPeople(session, viewer);
  const person = people.find((one) => one.id === id);
  if (person === undefined) throw notFound();
  return person;
}

/** @throws AppError person_not_found */
export function getPerson(database: Database, viewer: Viewer, id: number | null): Promise<Person> {
  return readPerson(database, viewer, id);
}

async function requirePerson(tx: Db, id: number | null): Promise<PersonRow> {
  const person = id === null ? null : await lockPerson(tx, id);
  if (person === null) throw notFound();
  return person;
}

/** @throws AppError last_operator when there is no other operator */
async function requireAnother(db: Db, { role }: PersonRow): Promise<void> {
  if (role === "operator" && (await countOperators(db)) === 1) {
    throw new AppError("last_operator", "Make someone else an operator first.");
  }
}

/**
 * Changes a person's name, role or grants. A change of role or grants signs them out everywhere. A former operator
 * loses the fleet keys they created.
 * @throws AppError person_not_found, last_operator, store_not_found
 */
export async function changePerson(
  database: Database,
  viewer: Viewer,
  id: number | null,
  { name, role, grants }: ChangePerson,
): Promise<Person> {
  return changeAccounts(database, viewer, async (tx, current) => {
    requireFleet(current);
    const person = await requirePerson(tx, id);
    const principal = personPrincipal(person.id);
    if (role === "owner" && person.role === "operator") {
      await requireAnother(tx, person);
      await revokeKeysOf(tx, principal);
    }
    await updatePerson(tx, person.id, {
      ...(name === undefined ? {} : { name }),
      ...(role === undefined ? {} : { role }),
    });
    if (grants !== undefined) await replaceGrants(tx, person.id, await readGrants(tx, grants));
    if (grants !== undefined || (role !== undefined && role !== person.role)) await deleteSessionsOf(tx, person.id);
    await recordAudit(tx, current, "person.change", principal);
    return readPerson(tx, current, person.id);
  });
}

/**
 * Deletes a person and all that is stored about them: sessions, grants and their keys. The audit log keeps only a
 * number that no longer identifies anyone.
 * @throws AppError person_not_found, last_operator
 */
export async function removePerson(database: Database, viewer: Viewer, id: number | null): Promise<void> {
  await changeAccounts(database, viewer, async (tx, current) => {
    requireSelfOrOperator(current, id);
    const person = await requirePerson(tx, id);
    await requireAnother(tx, person);
    await revokeKeysOf(tx, personPrincipal(person.id));
    await deletePerson(tx, person.id);
    await recordAudit(tx, current, "person.remove", personPrincipal(person.id));
  });
}

const maxEntries = 10_000;

/** Everything that is stored about a person: for themselves, or for an operator. @throws AppError person_not_found */
export async function exportPerson(database: Database, viewer: Viewer, id: number | null): Promise<PersonExport> {
  const principal = id === null ? "" : personPrincipal(id);
  const read = async (tx: Db, current: CurrentViewer): Promise<PersonExport> => {
    requireSelfOrOperator(current, id);
    const person = id === null ? null : await findPerson(tx, id);
    if (person === null) throw notFound();
    const grants = await listGrants(tx);
    const [sessions, keys, audit] = [
      await listSessions(tx, person.id),
      await listKeys(tx, principal),
      await listAuditEntries(tx, null, maxEntries, { about: principal }),
    ];
    await recordAudit(tx, current, "person.export", principal);
    return {
      person: {
        id: person.id,
        name: person.name,
        email: person.email,
        role: person.role,
        grants: toGrants(grants.get(person.id) ?? []),
        created_at: isoInstant(person.createdAt),
        last_seen_at: isoOrNull(sessions[0]?.lastSeenAt ?? null),
      },
      sessions: sessions.map((one) => ({
        id: one.id,
        created_at: isoInstant(one.createdAt),
        last_seen_at: isoInstant(one.lastSeenAt),
        expires_at: isoInstant(one.expiresAt),
        user_agent: one.userAgent,
        address: one.address,
      })),
      keys: keys.map((key) => ({ id: key.id, name: key.name, created_at: isoInstant(key.createdAt) })),
      audit: audit.map(({ at, action, subject }) => ({ at: isoInstant(at), action, subject })),
    };
  };
  return changeAs(database, viewer, read, { underRls: false });
}
