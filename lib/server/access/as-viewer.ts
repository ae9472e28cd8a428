import type { Sql } from "@/db/client";
import { withTransaction, type Session, type TransactionMode } from "@/db/transaction";
import type { OwnReports } from "@/db/queries/reports";
import type { Wall } from "@/db/wall";
import type { Viewer } from "./viewer";

/** The wall that a viewer's statements stand behind; null for who sees all stores. */
export function wallOf({ stores, managed, principal, account }: Viewer): Wall | null {
  if (stores === "all") return null;
  // Nobody changes what they do not see.
  const changes = managed === "all" ? stores : managed.filter((key) => stores.includes(key));
  return { stores, managed: changes, principal, account };
}

type Pool = Session & { readonly sql: Sql };

/** Runs `body` in one transaction that shows and changes no more than the viewer may. */
export function asViewer<T>(
  { sql }: Pick<Pool, "sql">,
  viewer: Viewer,
  body: (session: Session) => Promise<T>,
  mode: TransactionMode = "read write",
): Promise<T> {
  return withTransaction(sql, body, mode, { wall: wallOf(viewer) });
}

/**
 * Reads no more than the viewer may. Who sees all stores reads over the pool, without the round trips of a transaction;
 * all others within one, a snapshot.
 */
export function readAs<T>(pool: Pool, viewer: Viewer, body: (session: Session) => Promise<T>): Promise<T> {
  const wall = wallOf(viewer);
  return wall === null ? body(pool) : withTransaction(pool.sql, body, "snapshot", { wall });
}

/** Reads and changes no more than the viewer may; who sees all stores over the pool, a statement at a time. */
export function actAs<T>(pool: Pool, viewer: Viewer, body: (session: Session) => Promise<T>): Promise<T> {
  const wall = wallOf(viewer);
  return wall === null ? body(pool) : withTransaction(pool.sql, body, "read write", { wall });
}

/** The reports that a viewer sees; null: all. */
export function ownReports({ account, stores }: Viewer): OwnReports | null {
  return stores === "all" ? null : { account, stores };
}
