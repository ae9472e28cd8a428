-- 0023: those who manage a store may change its weekly hours. Adds policies; the program of before does not use them.
CREATE POLICY "business_hours_add" ON "business_hours" FOR INSERT
	WITH CHECK (store_key = any ((select string_to_array(nullif(current_setting('app.managed', true), ''), ',')::int[])::int[]));
--> statement-breakpoint
CREATE POLICY "business_hours_remove" ON "business_hours" FOR DELETE
	USING (store_key = any ((select string_to_array(nullif(current_setting('app.managed', true), ''), ',')::int[])::int[]));
