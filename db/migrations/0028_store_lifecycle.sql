-- 0028: a store's tags and lifecycle, earlier ids of stores, merges of stores and their undo, and what imports of hours
-- said of stores. New tables, and columns with defaults, so the program of before goes on: it counts every store, and
-- reads an earlier id as a store without polls. Constraints read `stores` once, which is short.
CREATE TABLE "hours_warnings" (
	"store_key" integer NOT NULL,
	"code" text NOT NULL,
	"import_id" bigint,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "hours_warnings_pk" PRIMARY KEY("store_key","code")
);
--> statement-breakpoint
CREATE TABLE "merged_grants" (
	"merge_id" bigint NOT NULL,
	"person_id" bigint NOT NULL,
	"before" boolean,
	CONSTRAINT "merged_grants_pk" PRIMARY KEY("merge_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "merged_polls" (
	"merge_id" bigint NOT NULL,
	"store_key" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"active" boolean NOT NULL,
	"conflicting" boolean NOT NULL,
	"target_active" boolean,
	"target_conflicting" boolean NOT NULL,
	CONSTRAINT "merged_polls_pk" PRIMARY KEY("merge_id","store_key","at")
);
--> statement-breakpoint
CREATE TABLE "store_merges" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "store_merges_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"source_id" text NOT NULL,
	"source_key" integer NOT NULL,
	"target_id" text NOT NULL,
	"target_key" integer NOT NULL,
	"source_lifecycle" text NOT NULL,
	"source_aliases" integer[] NOT NULL,
	"polls" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"undone_at" timestamp (3) with time zone
);
--> statement-breakpoint
DROP INDEX "stores_brand";--> statement-breakpoint
DROP INDEX "stores_group_name";--> statement-breakpoint
ALTER TABLE "fleet_summaries" ADD COLUMN "paused" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "fleet_summaries" ADD COLUMN "retired" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "stores" ADD COLUMN "tags" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "stores" ADD COLUMN "lifecycle" text DEFAULT 'active' NOT NULL;--> statement-breakpoint
ALTER TABLE "stores" ADD COLUMN "lifecycle_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "stores" ADD COLUMN "merged_into" integer;--> statement-breakpoint
ALTER TABLE "hours_warnings" ADD CONSTRAINT "hours_warnings_store_key_stores_store_key_fk" FOREIGN KEY ("store_key") REFERENCES "public"."stores"("store_key") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "merged_grants" ADD CONSTRAINT "merged_grants_merge_id_store_merges_id_fk" FOREIGN KEY ("merge_id") REFERENCES "public"."store_merges"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "merged_polls" ADD CONSTRAINT "merged_polls_merge_id_store_merges_id_fk" FOREIGN KEY ("merge_id") REFERENCES "public"."store_merges"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "store_merges_target" ON "store_merges" USING btree ("target_key","id");--> statement-breakpoint
CREATE INDEX "store_merges_source" ON "store_merges" USING btree ("source_key");--> statement-breakpoint
ALTER TABLE "stores" ADD CONSTRAINT "stores_merged_into_stores_store_key_fk" FOREIGN KEY ("merged_into") REFERENCES "public"."stores"("store_key") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "stores_tags" ON "stores" USING gin ("tags");--> statement-breakpoint
CREATE INDEX "stores_not_active" ON "stores" USING btree ("store_key") WHERE "stores"."lifecycle" <> 'active';--> statement-breakpoint
CREATE INDEX "stores_merged_into" ON "stores" USING btree ("merged_into") WHERE "stores"."merged_into" is not null;--> statement-breakpoint
CREATE INDEX "stores_brand" ON "stores" USING btree ("brand","lifecycle");--> statement-breakpoint
CREATE INDEX "stores_group_name" ON "stores" USING btree ("group_name","lifecycle");--> statement-breakpoint
ALTER TABLE "stores" ADD CONSTRAINT "stores_merged" CHECK (("stores"."lifecycle" = 'merged') = ("stores"."merged_into" is not null));
--> statement-breakpoint
ALTER TABLE "hours_warnings" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "hours_warnings_see" ON "hours_warnings" FOR SELECT
	USING (store_key = any ((select string_to_array(nullif(current_setting('app.stores', true), ''), ',')::int[])::int[]));
--> statement-breakpoint
CREATE POLICY "hours_warnings_remove" ON "hours_warnings" FOR DELETE
	USING (store_key = any ((select string_to_array(nullif(current_setting('app.managed', true), ''), ',')::int[])::int[]));
--> statement-breakpoint
-- Whoever sees a store sees its earlier ids, so that polls which arrive under one of them find it.
DROP POLICY "stores_see" ON "stores";
--> statement-breakpoint
CREATE POLICY "stores_see" ON "stores" FOR SELECT
	USING (store_key = any ((select string_to_array(nullif(current_setting('app.stores', true), ''), ',')::int[])::int[])
		or merged_into = any ((select string_to_array(nullif(current_setting('app.stores', true), ''), ',')::int[])::int[]));
--> statement-breakpoint
-- Polls of an earlier id belong to the store that has it now.
CREATE OR REPLACE FUNCTION given_polls(store_ids text[], instants double precision[], statuses integer[])
RETURNS TABLE (store_key integer, at timestamptz(3), active boolean) LANGUAGE sql STABLE AS $$
	SELECT coalesce(s.merged_into, s.store_key), to_timestamp(g.ms / 1000)::timestamptz(3), g.status = 1
	FROM unnest(store_ids, instants, statuses) AS g (store_id, ms, status)
	LEFT JOIN stores s ON s.store_id = g.store_id COLLATE "C"
$$;
