import type { Database, Db } from "@/db/client";
import { retryOnSerializationFailure, withTransaction } from "@/db/transaction";
import { lockAccounts } from "@/db/queries/people";
import type { OwnReports } from "@/db/queries/reports";
import { applyRowSecurity, type RlsScope } from "@/db/rls";
import { revalidate } from "./revalidate";
import { asCurrent, type CurrentViewer, type Viewer } from "./viewer";

/** The scope that row-level security applies to a viewer's statements; null for viewers who see all stores. */
export function rlsScopeOf({ stores, managed, principal, account }: Viewer): RlsScope | null {
  if (stores === "all") return null;
  // A viewer cannot change stores they do not see.
  const changes = managed === "all" ? stores : managed.filter((key) => stores.includes(key));
  return { stores, managed: changes, principal, account };
}

/**
 * Reads only what the viewer may see. Viewers of all stores read over the pool, without the round trips of a
 * transaction; all others read in a snapshot transaction under row-level security.
 */
export function readAs<T>(pool: Database, viewer: Viewer, body: (session: Db) => Promise<T>): Promise<T> {
  const rls = rlsScopeOf(viewer);
  return rls === null ? body(pool) : withTransaction(pool, body, "snapshot", { rls });
}

/**
 * Like `readAs`, always in a snapshot transaction: for several statements that must see the same state.
 * @param attempts 1 where `body` must not run again, because it has sent a part of its result
 */
export function readSnapshotAs<T>(
  pool: Database,
  viewer: Viewer,
  body: (session: Db) => Promise<T>,
  { attempts }: { readonly attempts?: 1 } = {},
): Promise<T> {
  const rls = rlsScopeOf(viewer);
  return withTransaction(pool, body, "snapshot", attempts === undefined ? { rls } : { rls, attempts });
}

export interface ChangeOptions {
  /**
   * Whether the statements of `body` run under the viewer's row-level security. Pass false for the tables of people,
   * keys, imports and webhooks, which its role cannot access.
   */
  readonly underRls?: boolean;
  /** Runs first, before any lock that others may wait for. */
  readonly before?: (tx: Db) => Promise<void>;
}

/**
 * The only way to change something for a viewer: runs `body` in one transaction that starts by checking the viewer's
 * current rights, see `revalidate`.
 * @param body gets the viewer with current rights; may run more than once
 * @throws AppError unauthenticated, insufficient_scope; and what `body` throws. Then nothing is kept
 */
export function changeAs<T>(
  database: Database,
  viewer: Viewer,
  body: (tx: Db, viewer: CurrentViewer) => Promise<T>,
  { underRls = true, before }: ChangeOptions = {},
): Promise<T> {
  return withTransaction(database, async (tx) => {
    await before?.(tx);
    const current = await revalidate(tx, viewer);
    const rls = underRls ? rlsScopeOf(current) : null;
    if (rls !== null) await applyRowSecurity(tx, rls);
    return body(tx, current);
  });
}

/** Like `changeAs`, for changes of people or their sessions. */
export function changeAccounts<T>(
  pool: Database,
  viewer: Viewer,
  body: (tx: Db, viewer: CurrentViewer) => Promise<T>,
): Promise<T> {
  return changeAs(pool, viewer, body, { underRls: false, before: lockAccounts });
}

/**
 * Like `changeAs`, for a `body` whose effect is one statement. When nothing else belongs to its transaction, it runs
 * without one and saves its round trips.
 */
export function changeByStatement<T>(
  pool: Database,
  viewer: Viewer,
  body: (session: Db, viewer: CurrentViewer) => Promise<T>,
): Promise<T> {
  const isAlone = viewer.credential === null && rlsScopeOf(viewer) === null;
  return isAlone ? retryOnSerializationFailure(() => body(pool, asCurrent(viewer))) : changeAs(pool, viewer, body);
}

/** The reports that a viewer sees; null: all. */
export function ownReports({ account, stores }: Viewer): OwnReports | null {
  return stores === "all" ? null : { account, stores };
}
