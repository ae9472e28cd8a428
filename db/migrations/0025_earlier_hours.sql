-- 0025: the weekly hours that applied before the latest ones. A new table: every store's hours have applied from the
-- beginning until they change. A new column that may be null; the program of before leaves it so. A store whose hours it
-- changes has the new ones from the beginning of its latest hours on.
CREATE TABLE "earlier_hours" (
	"store_key" integer NOT NULL,
	"valid_before" date NOT NULL,
	"hours" "bytea",
	CONSTRAINT "earlier_hours_pk" PRIMARY KEY("store_key","valid_before")
);
--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "hours_from" text;--> statement-breakpoint
ALTER TABLE "earlier_hours" ADD CONSTRAINT "earlier_hours_store_key_stores_store_key_fk" FOREIGN KEY ("store_key") REFERENCES "public"."stores"("store_key") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "earlier_hours" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "earlier_hours_see" ON "earlier_hours" FOR SELECT
	USING (store_key = any ((select string_to_array(nullif(current_setting('app.stores', true), ''), ',')::int[])::int[]));
--> statement-breakpoint
CREATE POLICY "earlier_hours_add" ON "earlier_hours" FOR INSERT
	WITH CHECK (store_key = any ((select string_to_array(nullif(current_setting('app.managed', true), ''), ',')::int[])::int[]));
--> statement-breakpoint
CREATE POLICY "earlier_hours_remove" ON "earlier_hours" FOR DELETE
	USING (store_key = any ((select string_to_array(nullif(current_setting('app.managed', true), ''), ',')::int[])::int[]));
