-- 0016: a batch of live polls is merged by one call: one round trip and, where nothing else belongs to its transaction,
-- no BEGIN and COMMIT of its own, which cost half as much as the rows. Blocks nobody.
--
-- Polls are given as columns: ids of stores, instants in ms, and 1 for active or 0 for inactive. given_polls is the rows
-- that they would be; without a key those of stores that are not known.
CREATE FUNCTION given_polls(store_ids text[], instants double precision[], statuses integer[])
RETURNS TABLE (store_key integer, at timestamptz(3), active boolean) LANGUAGE sql STABLE AS $$
	SELECT s.store_key, to_timestamp(g.ms / 1000)::timestamptz(3), g.status = 1
	FROM unnest(store_ids, instants, statuses) AS g (store_id, ms, status)
	LEFT JOIN stores s ON s.store_id = g.store_id COLLATE "C"
$$;
--> statement-breakpoint
-- merge_polls merges polls into what is known; there are partitions for all of them. At most one poll a store and instant
-- is kept, `inactive` where both are given, and the instants at which both were given are noted: any order and any
-- redelivery, in batches of any size, end in the same tables. The counts add up to the polls given.
--
-- Rows are written in key order, which the key's index takes fastest and in which concurrent batches never wait in a
-- ring; fleet_state, for which all of them wait, comes last. Each statement sees what was committed before it began, so
-- conflicts are found also with those for whom the insert had to wait.
CREATE FUNCTION merge_polls(
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
		UPDATE fleet_state SET newest_poll_at = greatest(newest_poll_at, newest), data_version = data_version + 1;
	END IF;
END $$;
