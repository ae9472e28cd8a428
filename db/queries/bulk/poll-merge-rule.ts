/*
 * How polls are merged. At most one poll per store and instant is kept; when both statuses were given it is `inactive`,
 * and the instant is recorded in poll_conflicts. So any order and any redelivery, in batches of any size, give the same
 * tables.
 * The rule is text, because it runs in three places: imports of files (poll-merge.ts), live polls (the database
 * function below) and the undo of removals (move-polls.ts). `source` and `conflicts` are names of tables, or selects in
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
export const noteConflicts = (conflicts: string): string =>
  `insert into poll_conflicts (store_key, at)
  select distinct c.store_key, c.at from ${conflicts} c order by c.store_key, c.at
  on conflict do nothing`;

/** Makes polls inactive that an inactive one contradicts. */
export const overrulePolls = (conflicts: string, within: string): string =>
  `update polls p set active = false from ${conflicts} c
  where p.store_key = c.store_key and p.at = c.at and p.active and not c.active and ${within}`;

const given = "given as materialized (select * from given_polls(store_ids, instants, statuses))";
const within = "p.at between oldest and newest";

/** Inserts the given polls of known stores. @param into the variable for their number */
const insertGiven = (into: string, skipHeld: boolean): string =>
  `with ${given}, inserted as (
  ${insertPolls("given", { where: "s.store_key is not null", skipHeld })}
  returning 1
  )
  select (select count(*) from inserted), count(*) filter (where store_key is null), min(at), max(at)
  into ${into}, of_no_store, oldest, newest from given;`;

/**
 * The function that merges a batch of live polls in one round trip. The counts that it returns add up to the given
 * polls. A test compares it with the function created by the migrations: a change here needs a migration with this
 * text.
 */
export const mergePollsFunction = `create or replace function merge_polls(
  store_ids text[], instants double precision[], statuses integer[],
  out accepted integer, out duplicate integer, out conflicting integer
) language plpgsql as $$
declare
  more integer;
  of_no_store integer;
  oldest timestamptz(3);
  newest timestamptz(3);
  changes integer := 0;
begin
  accepted := 0;
  conflicting := 0;
  -- Nearly all batches are new, and a row costs a quarter less where no conflict is looked for. A batch that is not new
  -- fails at its first row that is held, by key.
  begin
    ${insertGiven("accepted", false)}
  exception when unique_violation then
    of_no_store := null;
  end;

  while of_no_store is distinct from 0 loop
    if of_no_store > 0 then
      insert into stores (store_id)
      select distinct g.store_id collate "C" from unnest(store_ids) as g (store_id)
      where not exists (select from stores s where s.store_id = g.store_id collate "C")
      order by 1
      on conflict (store_id) do nothing;
    end if;
    ${insertGiven("more", true)}
    accepted := accepted + more;
  end loop;

  if accepted < cardinality(instants) then
    with ${given}, conflicts as (
      ${selectConflicts("given", within)}
    ), noted as (
      ${noteConflicts("conflicts")}
      returning 1
    ), overruled as (
      ${overrulePolls("conflicts", within)}
      returning 1
    )
    select (select count(*) from conflicts), (select count(*) from noted) + (select count(*) from overruled)
    into conflicting, changes;
  end if;
  duplicate := cardinality(instants) - accepted - conflicting;

  -- Last, since all batches wait for this one row.
  if accepted > 0 or changes > 0 then
    perform note_fleet_change(newest);
  end if;
end $$`;
