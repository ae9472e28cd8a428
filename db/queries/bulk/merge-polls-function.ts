import { hasMergedPolls, recordArrivals } from "./merged-polls";
import { insertPolls, overrulePolls, recordConflicts, selectConflicts } from "./poll-merge-rule";

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
 *
 * Its loop depends on `of_no_store`, the number of given polls whose store was unknown at the last insert. Null: that
 * insert failed at a poll that exists, so all are inserted again, skipping existing ones. Above 0: the missing stores are
 * inserted first, then their polls. 0: every poll is inserted or exists.
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
  undoable boolean := false;
begin
  accepted := 0;
  conflicting := 0;
  -- Nearly all batches are new, and a row costs a quarter less where no conflict is looked for. A batch that is not new
  -- fails at its first row that is held, by key.
  begin
    ${insertGiven("accepted", false)}
  exception when unique_violation then
    of_no_store := null;
    -- The undo of a merge waits for this batch, or this batch for the undo: what it removes is inserted then.
    perform from stores s
    where s.store_key in (select g.store_key from given_polls(store_ids, instants, statuses) g) and ${hasMergedPolls}
    order by s.store_key for share;
    undoable := found;
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
      ${recordConflicts("conflicts")}
      returning 1
    ), overruled as (
      ${overrulePolls("conflicts", within)}
      returning 1
    )
    select (select count(*) from conflicts), (select count(*) from noted) + (select count(*) from overruled)
    into conflicting, changes;
  end if;
  if undoable then
    ${recordArrivals("given_polls(store_ids, instants, statuses)")};
  end if;
  duplicate := cardinality(instants) - accepted - conflicting;

  -- Last, since all batches wait for this one row.
  if accepted > 0 or changes > 0 then
    perform note_fleet_change(newest);
  end if;
end $$`;
