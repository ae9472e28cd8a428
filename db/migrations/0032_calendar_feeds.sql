-- 0032: iCalendar files and addresses from which dates of a calendar come. The row is the worker's job. A new table, empty
-- at first; the program of before does not read it, and leaves the dates as they are. People who see only some stores
-- see none of it: addresses of calendars are secrets.
CREATE TABLE "calendar_feeds" (
	"calendar_id" integer PRIMARY KEY NOT NULL,
	"url" text,
	"content" text,
	"meaning" text NOT NULL,
	"time_zone" text,
	"first_date" date NOT NULL,
	"dates" jsonb DEFAULT '[]' NOT NULL,
	"warnings" jsonb DEFAULT '[]' NOT NULL,
	"warning_count" integer DEFAULT 0 NOT NULL,
	"etag" text,
	"last_modified" text,
	"next_read_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"lease_until" timestamp (3) with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"last_read_at" timestamp (3) with time zone,
	"last_changed_at" timestamp (3) with time zone,
	"last_error" text,
	"last_error_at" timestamp (3) with time zone,
	CONSTRAINT "calendar_feeds_source" CHECK ("calendar_feeds"."url" is not null or "calendar_feeds"."content" is not null)
);
--> statement-breakpoint
ALTER TABLE "calendar_feeds" ADD CONSTRAINT "calendar_feeds_calendar_id_calendars_id_fk" FOREIGN KEY ("calendar_id") REFERENCES "public"."calendars"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "calendar_feeds_due" ON "calendar_feeds" USING btree ("next_read_at");
--> statement-breakpoint
ALTER TABLE "calendar_feeds" ENABLE ROW LEVEL SECURITY;
