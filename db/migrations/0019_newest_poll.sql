-- 0019: the newest poll is the newest that is not ahead of the clock, whenever it is asked for: one that was accepted while
-- a clock was wrong does not decide what "now" is. Adds nullable columns to the one row of fleet_state; blocks no reader.
ALTER TABLE "fleet_state" ADD COLUMN "current_poll_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "fleet_state" ADD COLUMN "later_poll_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "fleet_state" ADD COLUMN "current_version" bigint;
--> statement-breakpoint
-- Says that data changed; `newest` is the newest of the polls that came in, null where none did. What is known of the
-- polls around the clock stays known where none of the new ones is as late as the first that is ahead.
CREATE FUNCTION note_fleet_change(newest timestamptz) RETURNS void LANGUAGE sql AS $$
	UPDATE fleet_state SET
		newest_poll_at = greatest(newest_poll_at, newest),
		current_poll_at = greatest(current_poll_at, newest),
		current_version =
			CASE WHEN current_version = data_version AND (newest IS NULL OR newest < later_poll_at) THEN data_version + 1 END,
		data_version = data_version + 1
$$;
--> statement-breakpoint
-- The newest poll of the fleet at or before `bound`, and the oldest after it: the weeks of polls are searched, from that
-- of `bound` on. A partition that is no week is searched always.
CREATE FUNCTION search_newest_poll(bound timestamptz) RETURNS timestamptz(3)
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	part record;
	one timestamptz(3);
	found timestamptz(3);
BEGIN
	FOR part IN
		SELECT c.relname AS name, c.relname ~ '^polls_[0-9]{8}$' AS is_week
		FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
		WHERE i.inhparent = 'polls'::regclass AND (c.relname !~ '^polls_[0-9]{8}$'
			OR c.relname <= 'polls_' || to_char(date_trunc('week', bound AT TIME ZONE 'UTC'), 'YYYYMMDD'))
		ORDER BY 2, 1 DESC
	LOOP
		EXECUTE format('SELECT max(at) FROM %I WHERE at <= $1', part.name) INTO one USING bound;
		found := greatest(found, one);
		EXIT WHEN part.is_week AND one IS NOT NULL;
	END LOOP;
	RETURN found;
END $$;
--> statement-breakpoint
CREATE FUNCTION search_poll_after(bound timestamptz) RETURNS timestamptz(3)
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	part record;
	one timestamptz(3);
	found timestamptz(3);
BEGIN
	FOR part IN
		SELECT c.relname AS name, c.relname ~ '^polls_[0-9]{8}$' AS is_week
		FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
		WHERE i.inhparent = 'polls'::regclass AND (c.relname !~ '^polls_[0-9]{8}$'
			OR c.relname >= 'polls_' || to_char(date_trunc('week', bound AT TIME ZONE 'UTC'), 'YYYYMMDD'))
		ORDER BY 2, 1
	LOOP
		EXECUTE format('SELECT min(at) FROM %I WHERE at > $1', part.name) INTO one USING bound;
		found := least(found, one);
		EXIT WHEN part.is_week AND one IS NOT NULL;
	END LOOP;
	RETURN found;
END $$;
--> statement-breakpoint
-- The newest poll of the fleet at or before `bound`. Nearly always that is the newest of all. Where polls lie ahead, it is
-- what maintenance noted; until then it is searched for. Of all stores, whoever asks.
CREATE FUNCTION newest_poll(bound timestamptz) RETURNS timestamptz(3)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	state fleet_state;
BEGIN
	SELECT * INTO state FROM fleet_state;
	IF state.newest_poll_at IS NULL OR state.newest_poll_at <= bound THEN
		RETURN state.newest_poll_at;
	END IF;
	IF state.current_version = state.data_version AND state.current_poll_at <= bound AND bound < state.later_poll_at THEN
		RETURN state.current_poll_at;
	END IF;
	RETURN search_newest_poll(bound);
END $$;
--> statement-breakpoint
-- As in 0016, but for its last statement.
CREATE OR REPLACE FUNCTION merge_polls(
	store_ids text[], instants double precision[], statuses integer[],
	OUT accepted integer, OUT duplicate integer, OUT conflicting integer
) LANGUAGE plpgsql AS $$
DECLARE
	more integer;
	of_no_store integer;
	oldest timestamptz(3);
	newest timestamptz(3);
	changes integer := 0;
BEGIN
	accepted := 0;
	conflicting := 0;
	-- Nearly all batches are new, and a row costs a quarter less where none is looked for in its place. One that is not
	-- fails at the first row that is there, by key: the more of them are, the sooner.
	BEGIN
		WITH given AS MATERIALIZED (SELECT * FROM given_polls(store_ids, instants, statuses)), inserted AS (
			INSERT INTO polls (store_key, at, active)
			SELECT DISTINCT ON (store_key, at) store_key, at, active FROM given WHERE store_key IS NOT NULL
			ORDER BY store_key, at, active
			RETURNING 1
		)
		SELECT (SELECT count(*) FROM inserted), count(*) FILTER (WHERE store_key IS NULL), min(at), max(at)
		INTO accepted, of_no_store, oldest, newest FROM given;
	EXCEPTION WHEN unique_violation THEN
		of_no_store := NULL;
	END;

	WHILE of_no_store IS DISTINCT FROM 0 LOOP
		IF of_no_store > 0 THEN
			INSERT INTO stores (store_id)
			SELECT DISTINCT g.store_id COLLATE "C" FROM unnest(store_ids) AS g (store_id)
			WHERE NOT EXISTS (SELECT FROM stores s WHERE s.store_id = g.store_id COLLATE "C")
			ORDER BY 1
			ON CONFLICT (store_id) DO NOTHING;
		END IF;
		WITH given AS MATERIALIZED (SELECT * FROM given_polls(store_ids, instants, statuses)), inserted AS (
			INSERT INTO polls (store_key, at, active)
			SELECT DISTINCT ON (store_key, at) store_key, at, active FROM given WHERE store_key IS NOT NULL
			ORDER BY store_key, at, active
			ON CONFLICT DO NOTHING RETURNING 1
		)
		SELECT (SELECT count(*) FROM inserted), count(*) FILTER (WHERE store_key IS NULL), min(at), max(at)
		INTO more, of_no_store, oldest, newest FROM given;
		accepted := accepted + more;
	END LOOP;

	IF accepted < cardinality(instants) THEN
		WITH given AS MATERIALIZED (SELECT DISTINCT * FROM given_polls(store_ids, instants, statuses)), conflicts AS (
			SELECT p.store_key, p.at, given.active
			FROM given JOIN polls p ON p.store_key = given.store_key AND p.at = given.at
			WHERE p.at BETWEEN oldest AND newest AND p.active <> given.active
		), noted AS (
			INSERT INTO poll_conflicts (store_key, at)
			SELECT DISTINCT store_key, at FROM conflicts ORDER BY store_key, at
			ON CONFLICT DO NOTHING RETURNING 1
		), overruled AS (
			UPDATE polls p SET active = false FROM conflicts c
			WHERE p.store_key = c.store_key AND p.at = c.at AND p.active AND NOT c.active AND p.at BETWEEN oldest AND newest
			RETURNING 1
		)
		SELECT (SELECT count(*) FROM conflicts), (SELECT count(*) FROM noted) + (SELECT count(*) FROM overruled)
		INTO conflicting, changes;
	END IF;
	duplicate := cardinality(instants) - accepted - conflicting;

	IF accepted > 0 OR changes > 0 THEN
		PERFORM note_fleet_change(newest);
	END IF;
END $$;
