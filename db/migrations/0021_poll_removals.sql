-- 0021: polls can be removed, and put back for a day. New tables and policies; blocks nobody.
CREATE TABLE "poll_removals" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "poll_removals_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"store_key" integer NOT NULL,
	"store_id" text NOT NULL,
	"from_at" timestamp (3) with time zone NOT NULL,
	"to_at" timestamp (3) with time zone NOT NULL,
	"polls" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"undone_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "removed_polls" (
	"removal_id" bigint NOT NULL,
	"store_key" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"active" boolean NOT NULL,
	"conflicting" boolean NOT NULL,
	CONSTRAINT "removed_polls_pk" PRIMARY KEY("removal_id","at")
);
--> statement-breakpoint
ALTER TABLE "removed_polls" ADD CONSTRAINT "removed_polls_removal_id_poll_removals_id_fk" FOREIGN KEY ("removal_id") REFERENCES "public"."poll_removals"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "poll_removals_store" ON "poll_removals" USING btree ("store_key","id");--> statement-breakpoint
CREATE INDEX "removed_polls_poll" ON "removed_polls" USING btree ("store_key","at");
--> statement-breakpoint
-- Says that polls were taken out: the newest one is searched for among all stores' polls, whoever took them out.
CREATE FUNCTION note_fewer_polls() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
	-- Taken first, so that whoever adds a newer poll at the same time is waited for, and seen below.
	PERFORM 1 FROM fleet_state FOR UPDATE;
	UPDATE fleet_state SET newest_poll_at = search_newest_poll('9999-12-31Z'), current_version = NULL,
		data_version = data_version + 1;
END $$;
--> statement-breakpoint
CREATE POLICY "polls_remove" ON "polls" FOR DELETE
	USING (store_key = any ((select string_to_array(nullif(current_setting('app.managed', true), ''), ',')::int[])::int[]));
--> statement-breakpoint
CREATE POLICY "poll_conflicts_remove" ON "poll_conflicts" FOR DELETE
	USING (store_key = any ((select string_to_array(nullif(current_setting('app.managed', true), ''), ',')::int[])::int[]));
--> statement-breakpoint
ALTER TABLE "poll_removals" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "poll_removals_see" ON "poll_removals" FOR SELECT
	USING (store_key = any ((select string_to_array(nullif(current_setting('app.stores', true), ''), ',')::int[])::int[]));
--> statement-breakpoint
CREATE POLICY "poll_removals_add" ON "poll_removals" FOR INSERT
	WITH CHECK (store_key = any ((select string_to_array(nullif(current_setting('app.managed', true), ''), ',')::int[])::int[]));
--> statement-breakpoint
CREATE POLICY "poll_removals_change" ON "poll_removals" FOR UPDATE
	USING (store_key = any ((select string_to_array(nullif(current_setting('app.managed', true), ''), ',')::int[])::int[]))
	WITH CHECK (store_key = any ((select string_to_array(nullif(current_setting('app.managed', true), ''), ',')::int[])::int[]));
--> statement-breakpoint
ALTER TABLE "removed_polls" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "removed_polls_see" ON "removed_polls" FOR SELECT
	USING (store_key = any ((select string_to_array(nullif(current_setting('app.stores', true), ''), ',')::int[])::int[]));
--> statement-breakpoint
CREATE POLICY "removed_polls_add" ON "removed_polls" FOR INSERT
	WITH CHECK (store_key = any ((select string_to_array(nullif(current_setting('app.managed', true), ''), ',')::int[])::int[]));
--> statement-breakpoint
CREATE POLICY "removed_polls_remove" ON "removed_polls" FOR DELETE
	USING (store_key = any ((select string_to_array(nullif(current_setting('app.managed', true), ''), ',')::int[])::int[]));
