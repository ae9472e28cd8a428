-- 0034: a merge gives the store the calendars of the other one, and its undo takes them away again. A new table, empty at
-- first; the program of before does not know it, and leaves calendars where they are.
CREATE TABLE "merged_calendars" (
	"merge_id" bigint NOT NULL,
	"calendar_id" integer NOT NULL,
	"first_date" date NOT NULL,
	CONSTRAINT "merged_calendars_pk" PRIMARY KEY("merge_id","calendar_id","first_date")
);
--> statement-breakpoint
ALTER TABLE "merged_calendars" ADD CONSTRAINT "merged_calendars_merge_id_store_merges_id_fk" FOREIGN KEY ("merge_id") REFERENCES "public"."store_merges"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "merged_calendars" ADD CONSTRAINT "merged_calendars_calendar_id_calendars_id_fk" FOREIGN KEY ("calendar_id") REFERENCES "public"."calendars"("id") ON DELETE cascade ON UPDATE no action;