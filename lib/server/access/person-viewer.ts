import type { PresentedKey } from "@/db/queries/bulk/credentials";
import type { SessionPerson } from "@/db/queries/bulk/credentials";
import type { StoreSet } from "@/db/store-set";
import { scopes, type Scope } from "@/lib/contract/scopes";
import type { Viewer } from "./viewer";

/** Scopes of an owner; those of changes only when they manage a store. */
const ownerScopes: readonly Scope[] = ["stores:read", "reports:read", "reports:write"];
const managerScopes: readonly Scope[] = [...ownerScopes, "stores:write", "polls:write", "polls:delete"];

/** What a person sees and may do. @param seen null: everything */
function reachOf(seen: readonly number[] | null, managed: readonly number[] | null) {
  if (seen === null) return { stores: "all", managed: "all", scopes } as const;
  const changes = managed ?? [];
  return { stores: seen, managed: changes, scopes: changes.length > 0 ? managerScopes : ownerScopes };
}

export function personPrincipal(id: number): string {
  return `person:${id}`;
}

/** A signed-in person. @param address where the request came from */
export function personViewer({ personId, sessionId, seen, managed }: SessionPerson, address: string): Viewer {
  const principal = personPrincipal(personId);
  const credential = { kind: "session", sessionId, personId } as const;
  const who = { kind: "person", principal, address, account: principal } as const;
  return { ...who, ...reachOf(seen, managed), credential, admittedTo: null };
}

function within(stores: StoreSet, keys: readonly number[] | null): StoreSet {
  if (keys === null) return stores;
  return stores === "all" ? keys : keys.filter((key) => stores.includes(key));
}

/**
 * A program with a key: at most its person's current rights, and at most the key's own. @param address where the
 * request came from
 */
export function keyViewer(id: string, key: PresentedKey, address: string): Viewer {
  const reach = reachOf(key.personId === null ? null : key.seen, key.managed);
  const principal = `key:${id}`;
  return {
    kind: "key",
    principal,
    address,
    account: key.personId === null ? principal : personPrincipal(key.personId),
    scopes: reach.scopes.filter((scope) => key.scopes.includes(scope)),
    stores: within(reach.stores, key.storeKeys),
    managed: within(reach.managed, key.storeKeys),
    credential: { kind: "key", keyId: id, personId: key.personId },
    admittedTo: null,
  };
}
