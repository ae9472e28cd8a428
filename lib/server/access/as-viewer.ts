import type { Sql } from "@/db/client";
import { retryOnSerializationFailure, withTransaction, type Session } from "@/db/transaction";
import { lockAccounts } from "@/db/queries/people";
import type { OwnReports } from "@/db/queries/reports";
import { applyRowSecurity, type RlsScope } from "@/db/rls";
import { revalidate } from "./revalidate";
import { asCurrent, type CurrentViewer, type Viewer } from "./viewer";

/** The wall that a viewer's statements stand behind; null for who sees all stores. */
export function rlsScopeOf({ stores, managed, principal, account }: Viewer): RlsScope | null {
  if (stores === "all") return null;
  // Nobody changes what they do not see.
  const changes = managed === "all" ? stores : managed.filter((key) => stores.includes(key));
  return { stores, managed: changes, principal, account };
}

type Pool = Session & { readonly sql: Sql };

/**
 * Reads no more than the viewer may. Who sees all stores reads over the pool, without the round trips of a transaction;
 * all others within one, a snapshot.
 */
export function readAs<T>(pool: Pool, viewer: Viewer, body: (session: Session) => Promise<T>): Promise<T> {
  const rls = rlsScopeOf(viewer);
  return rls === null ? body(pool) : withTransaction(pool.sql, body, "snapshot", { rls });
}

export interface ChangeOptions {
  /**
   * Whether the statements of `body` stand behind the viewer's wall, which they do unless that is false: the tables of
   * people, keys, imports and webhooks are out of its reach.
   */
  readonly underRls?: boolean;
  /** Runs first, before any lock is taken that others may wait for. */
  readonly before?: (tx: Session) => Promise<void>;
}

/**
 * The one way to change something for a viewer: runs `body` in one transaction that begins by finding out what the
 * viewer may at this moment, see `revalidate`.
 * @param body is given the viewer with the rights of this moment; it must start anew each time
 * @throws AppError unauthenticated, insufficient_scope; and what `body` throws. Nothing is kept then
 */
export function changeAs<T>(
  { sql }: Pick<Pool, "sql">,
  viewer: Viewer,
  body: (tx: Session, viewer: CurrentViewer) => Promise<T>,
  { underRls = true, before }: ChangeOptions = {},
): Promise<T> {
  return withTransaction(sql, async (tx) => {
    await before?.(tx);
    const current = await revalidate(tx, viewer);
    const rls = underRls ? rlsScopeOf(current) : null;
    if (rls !== null) await applyRowSecurity(tx.sql, rls);
    return body(tx, current);
  });
}

/** As `changeAs`, for what changes people or their sessions. */
export function changeAccounts<T>(
  pool: Pick<Pool, "sql">,
  viewer: Viewer,
  body: (tx: Session, viewer: CurrentViewer) => Promise<T>,
): Promise<T> {
  return changeAs(pool, viewer, body, { underRls: false, before: lockAccounts });
}

/**
 * As `changeAs`, for a `body` whose effect is one statement: where nothing else belongs to its transaction, it is spared
 * the round trips of one.
 */
export function changeByStatement<T>(
  pool: Pool,
  viewer: Viewer,
  body: (session: Session, viewer: CurrentViewer) => Promise<T>,
): Promise<T> {
  const isAlone = viewer.credential === null && rlsScopeOf(viewer) === null;
  return isAlone ? retryOnSerializationFailure(() => body(pool, asCurrent(viewer))) : changeAs(pool, viewer, body);
}

/** The reports that a viewer sees; null: all. */
export function ownReports({ account, stores }: Viewer): OwnReports | null {
  return stores === "all" ? null : { account, stores };
}
