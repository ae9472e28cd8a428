-- 0024: merge_polls is made of the text that imports of files run (db/queries/bulk/poll-merge-rule.ts); it does what it did
-- before. Blocks nobody.
create or replace function merge_polls(
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
    with given as materialized (select * from given_polls(store_ids, instants, statuses)), inserted as (
  insert into polls (store_key, at, active)
  select distinct on (s.store_key, s.at) s.store_key, s.at, s.active from given s where s.store_key is not null
  order by s.store_key, s.at, s.active
  returning 1
  )
  select (select count(*) from inserted), count(*) filter (where store_key is null), min(at), max(at)
  into accepted, of_no_store, oldest, newest from given;
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
    with given as materialized (select * from given_polls(store_ids, instants, statuses)), inserted as (
  insert into polls (store_key, at, active)
  select distinct on (s.store_key, s.at) s.store_key, s.at, s.active from given s where s.store_key is not null
  order by s.store_key, s.at, s.active on conflict do nothing
  returning 1
  )
  select (select count(*) from inserted), count(*) filter (where store_key is null), min(at), max(at)
  into more, of_no_store, oldest, newest from given;
    accepted := accepted + more;
  end loop;

  if accepted < cardinality(instants) then
    with given as materialized (select * from given_polls(store_ids, instants, statuses)), conflicts as (
      select distinct p.store_key, p.at, s.active
  from given s join polls p on p.store_key = s.store_key and p.at = s.at
  where p.active <> s.active and p.at between oldest and newest
    ), noted as (
      insert into poll_conflicts (store_key, at)
  select distinct c.store_key, c.at from conflicts c order by c.store_key, c.at
  on conflict do nothing
      returning 1
    ), overruled as (
      update polls p set active = false from conflicts c
  where p.store_key = c.store_key and p.at = c.at and p.active and not c.active and p.at between oldest and newest
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
end $$;
