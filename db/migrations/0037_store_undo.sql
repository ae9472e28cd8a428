-- 0037: a deleted store keeps the lifecycle that it had, and polls that arrive again after a merge are recorded, so that
-- its undo leaves them with the store. The program of before writes neither: a store that it deletes is restored as an
-- active one. The index is built on the polls of the merges of one day. Writes no row.
ALTER TABLE "stores" ADD COLUMN "deleted_from" text;--> statement-breakpoint
CREATE INDEX "merged_polls_of_store" ON "merged_polls" USING btree ("store_key","at");
--> statement-breakpoint
-- Owners record what arrives for their stores, and that polls were removed.
ALTER TABLE "merged_polls" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "merged_polls_see" ON "merged_polls" FOR SELECT
	USING (store_key = any ((select string_to_array(nullif(current_setting('app.stores', true), ''), ',')::int[])::int[]));
--> statement-breakpoint
CREATE POLICY "merged_polls_change" ON "merged_polls" FOR UPDATE
	USING (store_key = any ((select string_to_array(nullif(current_setting('app.managed', true), ''), ',')::int[])::int[]));
--> statement-breakpoint
-- For the program of before, which does not grant it: it calls merge_polls, too.
DO $$ BEGIN
	GRANT SELECT, UPDATE ON "merged_polls" TO "store_monitoring_viewer";
EXCEPTION WHEN undefined_object OR insufficient_privilege THEN NULL;
END $$;
--> statement-breakpoint
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
  undoable boolean := false;
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
    -- The undo of a merge waits for this batch, or this batch for the undo: what it removes is inserted then.
    perform from stores s
    where s.store_key in (select g.store_key from given_polls(store_ids, instants, statuses) g) and exists (select from merged_polls m where m.store_key = s.store_key)
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
  if undoable then
    update merged_polls m set target_active = case when (a.has_active or (coalesce(m.target_active, false) or m.target_conflicting)) or (a.has_inactive or (coalesce(not m.target_active, false) or m.target_conflicting)) then not ((a.has_inactive or (coalesce(not m.target_active, false) or m.target_conflicting))) end,
  target_conflicting = ((a.has_active or (coalesce(m.target_active, false) or m.target_conflicting))) and ((a.has_inactive or (coalesce(not m.target_active, false) or m.target_conflicting)))
  from (
    select e.store_key, e.at, bool_or(s.active) as has_active, bool_or(not s.active) as has_inactive
    from given_polls(store_ids, instants, statuses) s join merged_polls e on e.store_key = s.store_key and e.at = s.at
    group by e.store_key, e.at) a
  where m.store_key = a.store_key and m.at = a.at;
  end if;
  duplicate := cardinality(instants) - accepted - conflicting;

  -- Last, since all batches wait for this one row.
  if accepted > 0 or changes > 0 then
    perform note_fleet_change(newest);
  end if;
end $$;
