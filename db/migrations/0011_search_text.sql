-- 0011: a search folded every name by the rules of Unicode anew, 60 ms with 14,092 named stores; now each is folded when it
-- is written. Rewrites stores (0.1 s with 14,092 of them), which is locked for so long.
ALTER TABLE "stores" ADD COLUMN "search_text" text COLLATE "C" GENERATED ALWAYS AS (lower(store_id || chr(10) || coalesce(name, '') collate "und-x-icu")) STORED;