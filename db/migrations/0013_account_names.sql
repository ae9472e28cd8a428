-- 0013: account_name says what the person or key is called whose account a report names, so that a list of reports says
-- who asked. Who stands behind the wall reads neither table, and is told the name of their own account and no other.
-- A new function: locks nothing.
CREATE FUNCTION account_name(account text) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT
	AS $$
	SELECT name FROM people
	WHERE id = substring($1 from '^person:([0-9]{1,18})$')::bigint
		AND coalesce(nullif(current_setting('app.account', true), ''), $1) = $1
	UNION ALL
	SELECT name FROM api_keys
	WHERE id = substring($1 from '^key:(.+)$')
		AND coalesce(nullif(current_setting('app.account', true), ''), $1) = $1
	$$;
