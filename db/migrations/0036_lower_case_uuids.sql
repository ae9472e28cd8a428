-- 0036: an ID that is a UUID is stored in lower case, as files always stored it; polls and the API kept how it was written.
-- Where two stores have the same UUID, one of them gets the ID in lower case.
UPDATE "stores" s SET "store_id" = n.id
FROM (
  SELECT DISTINCT ON (lower(store_id)) store_key, lower(store_id) AS id FROM "stores"
  WHERE store_id ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' AND store_id <> lower(store_id)
  ORDER BY lower(store_id), store_key
) n
WHERE s.store_key = n.store_key AND NOT EXISTS (SELECT FROM "stores" o WHERE o.store_id = n.id);
