-- 0029: calendars: dates with hours of their own for many stores. New tables, empty at first; the program of before does
-- not read them, so its figures leave them out. People who see only some stores may read what applies to those, and
-- change none of it.
CREATE TABLE "calendar_dates" (
	"calendar_id" integer NOT NULL,
	"local_date" date NOT NULL,
	"start_second" integer NOT NULL,
	"end_second" integer NOT NULL,
	"is_closure" boolean NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "calendar_dates_pk" PRIMARY KEY("calendar_id","local_date","start_second","end_second"),
	CONSTRAINT "calendar_dates_start" CHECK ("calendar_dates"."start_second" between 0 and 86399),
	CONSTRAINT "calendar_dates_end" CHECK (("calendar_dates"."start_second" = 0 and "calendar_dates"."end_second" = 0) or ("calendar_dates"."end_second" > "calendar_dates"."start_second" and "calendar_dates"."end_second" <= "calendar_dates"."start_second" + 86400))
);
--> statement-breakpoint
CREATE TABLE "calendar_labels" (
	"calendar_id" integer NOT NULL,
	"kind" text NOT NULL,
	"label" text NOT NULL,
	"first_date" date NOT NULL,
	"before_date" date NOT NULL,
	CONSTRAINT "calendar_labels_pk" PRIMARY KEY("calendar_id","kind","label","first_date"),
	CONSTRAINT "calendar_labels_dates" CHECK ("calendar_labels"."first_date" < "calendar_labels"."before_date")
);
--> statement-breakpoint
CREATE TABLE "calendar_stores" (
	"store_key" integer NOT NULL,
	"calendar_id" integer NOT NULL,
	"first_date" date NOT NULL,
	"before_date" date NOT NULL,
	CONSTRAINT "calendar_stores_pk" PRIMARY KEY("store_key","calendar_id","first_date"),
	CONSTRAINT "calendar_stores_dates" CHECK ("calendar_stores"."first_date" < "calendar_stores"."before_date")
);
--> statement-breakpoint
CREATE TABLE "calendars" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "calendars_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"entries" jsonb NOT NULL,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "calendars_name_unique" UNIQUE("name")
);
--> statement-breakpoint
ALTER TABLE "calendar_dates" ADD CONSTRAINT "calendar_dates_calendar_id_calendars_id_fk" FOREIGN KEY ("calendar_id") REFERENCES "public"."calendars"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_labels" ADD CONSTRAINT "calendar_labels_calendar_id_calendars_id_fk" FOREIGN KEY ("calendar_id") REFERENCES "public"."calendars"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_stores" ADD CONSTRAINT "calendar_stores_store_key_stores_store_key_fk" FOREIGN KEY ("store_key") REFERENCES "public"."stores"("store_key") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_stores" ADD CONSTRAINT "calendar_stores_calendar_id_calendars_id_fk" FOREIGN KEY ("calendar_id") REFERENCES "public"."calendars"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "calendar_dates_of_date" ON "calendar_dates" USING btree ("local_date");--> statement-breakpoint
CREATE INDEX "calendar_stores_of_calendar" ON "calendar_stores" USING btree ("calendar_id");
--> statement-breakpoint
ALTER TABLE "calendars" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "calendar_dates" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "calendar_labels" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "calendar_stores" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "calendar_stores_see" ON "calendar_stores" FOR SELECT
	USING (store_key = any ((select string_to_array(nullif(current_setting('app.stores', true), ''), ',')::int[])::int[]));
--> statement-breakpoint
CREATE POLICY "calendar_labels_see" ON "calendar_labels" FOR SELECT
	USING (case kind
		when 'brand' then exists (select from stores s where s.brand = label)
		when 'group' then exists (select from stores s where s.group_name = label)
		else exists (select from stores) end);
--> statement-breakpoint
CREATE POLICY "calendars_see" ON "calendars" FOR SELECT
	USING (exists (select from calendar_stores g where g.calendar_id = id)
		or exists (select from calendar_labels g where g.calendar_id = id));
--> statement-breakpoint
CREATE POLICY "calendar_dates_see" ON "calendar_dates" FOR SELECT
	USING (calendar_id in (select id from calendars));
