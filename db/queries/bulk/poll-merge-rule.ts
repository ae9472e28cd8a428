/*
 * How polls are merged. At most one poll per store and instant is kept; when both statuses were given it is `inactive`,
 * and the instant is recorded in poll_conflicts. So any order and any redelivery, in batches of any size, give the same
 * tables.
 * The rule is text, because it runs in four places: imports of files (poll-merge.ts), live polls (the database
 * function of merge-polls-function.ts), the undo of removals (move-polls.ts) and merges of stores (merge-stores.ts). Each
 * way in which polls arrive also records them for the undo of merges (merged-polls.ts). `source` and `conflicts` are names of tables, or selects in
 * parentheses, with the columns store_key, at and active; `within` is a condition on `p.at` that limits the planner to
 * the partitions concerned.
 */

/**
 * Inserts the polls of `source`: one per store and instant. In key order, which is fastest for the key's index and
 * prevents deadlocks between concurrent merges.
 * @param options.skipHeld whether an existing instant is skipped; otherwise the statement fails
 */
export const insertPolls = (source: string, { where = "true", skipHeld = false } = {}): string =>
  `insert into polls (store_key, at, active)
  select distinct on (s.store_key, s.at) s.store_key, s.at, s.active from ${source} s where ${where}
  order by s.store_key, s.at, s.active${skipHeld ? " on conflict do nothing" : ""}`;

/**
 * Selects the polls that contradict an existing one. It must be a statement after the insert: it then sees what others
 * committed while the insert waited for them.
 */
export const selectConflicts = (source: string, within: string): string =>
  `select distinct p.store_key, p.at, s.active
  from ${source} s join polls p on p.store_key = s.store_key and p.at = s.at
  where p.active <> s.active and ${within}`;

/** Records the instants of conflicts. */
export const recordConflicts = (conflicts: string): string =>
  `insert into poll_conflicts (store_key, at)
  select distinct c.store_key, c.at from ${conflicts} c order by c.store_key, c.at
  on conflict do nothing`;

/** Makes polls inactive that an inactive one contradicts. */
export const overrulePolls = (conflicts: string, within: string): string =>
  `update polls p set active = false from ${conflicts} c
  where p.store_key = c.store_key and p.at = c.at and p.active and not c.active and ${within}`;
